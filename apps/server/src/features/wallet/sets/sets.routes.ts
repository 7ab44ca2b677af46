import {
  ChangePassBundle,
  GivenPassBundleLink,
  NewPassBundle,
  NewPassBundleLink,
  PassBundle,
  type PassBundleLink,
  PassBundleLinkPage,
  PassBundleLinksQuery,
  PassBundlePage,
  PassBundleParams,
  PassBundlesQuery,
} from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import { type Authorize, cursorOf, type Http, nextOf, sendRefusal } from '../../../platform/http/index.ts';
import type { NamesOfAccounts } from '../list-devices.ts';
import { drawBarcode } from '../render-picture.ts';
import { selectDesigns } from '../store/designs.ts';
import type { Wallet } from '../wallet.ts';
import { type SetLink, setPath } from './model.ts';
import { giveSetLink, type ProgrammeOfAccount } from './open-set.ts';
import { changeSet, createSet } from './save-set.ts';
import { type ListedSet, selectLinks, selectSets } from './sets.store.ts';

export type SetRoutesOptions = {
  readonly wallet: Wallet;
  readonly authorize: Authorize;
  readonly namesOfAccounts: NamesOfAccounts;
  readonly programmeOfAccount: ProgrammeOfAccount;
};

const tags = ['wallet'];
const SETS = 50;
const LINKS = 50;

/** Sets of cards: /api/v1/pass-bundles. */
export function setRoutes(http: Http, options: SetRoutesOptions): void {
  listRoutes(http, options);
  writeRoutes(http, options);
  linkRoutes(http, options);
}

function listRoutes(http: Http, { authorize }: SetRoutesOptions): void {
  const list = { tags, querystring: PassBundlesQuery, response: { 200: PassBundlePage } };
  http.get('/api/v1/pass-bundles', { schema: list }, async (request, reply) => {
    const actor = await authorize(request, 'designs.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { archived = false, after, limit = SETS } = request.query;
    const { tenant } = actor.value;
    const page = { setId: null, archived, before: cursorOf(after), limit };
    const sets = await selectSets(tenant, tenant.companyId, page);
    const names = await namesOfDesigns(tenant);
    return { items: sets.map((set) => tell(set, names)), next: nextOf(sets, limit, ({ setId }) => setId) };
  });

  const one = { tags, params: PassBundleParams, response: { 200: PassBundle } };
  http.get('/api/v1/pass-bundles/:bundleId', { schema: one }, async (request, reply) => {
    const actor = await authorize(request, 'designs.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const told = await tellOne(actor.value.tenant, request.params.bundleId);
    return told ?? (sendRefusal(request, reply, { code: 'pass_bundle_not_found' }) as never);
  });
}

function writeRoutes(http: Http, { wallet, authorize }: SetRoutesOptions): void {
  const add = { tags, body: NewPassBundle, response: { 200: PassBundle } };
  http.post('/api/v1/pass-bundles', { schema: add }, async (request, reply) => {
    const actor = await authorize(request, 'designs.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const made = await createSet(wallet, actor.value.tenant, request.body);
    if (!made.ok) return sendRefusal(request, reply, made.refusal) as never;
    return (await tellOne(actor.value.tenant, made.value.setId))!;
  });

  const change = { tags, params: PassBundleParams, body: ChangePassBundle, response: { 200: PassBundle } };
  http.patch('/api/v1/pass-bundles/:bundleId', { schema: change }, async (request, reply) => {
    const actor = await authorize(request, 'designs.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const setId = request.params.bundleId;
    const changed = await changeSet(wallet, actor.value.tenant, { ...request.body, setId });
    if (!changed.ok) return sendRefusal(request, reply, changed.refusal) as never;
    return (await tellOne(actor.value.tenant, setId))!;
  });
}

function linkRoutes(http: Http, { wallet, authorize, namesOfAccounts, programmeOfAccount }: SetRoutesOptions): void {
  const toldLinks = async (tenant: Tenant, links: readonly SetLink[]): Promise<PassBundleLink[]> => {
    const accountIds = links.map(({ accountId }) => accountId);
    const names = accountIds.length > 0 ? await namesOfAccounts(tenant, accountIds) : new Map<number, string>();
    return links.map(({ guid, accountId, opens, lastOpenedAt }) => ({
      accountId,
      guestName: names.get(accountId) ?? '',
      url: `${wallet.publicUrl}${setPath(guid)}`,
      opens,
      lastOpenedAt: lastOpenedAt?.toString() ?? null,
    }));
  };

  const list = {
    tags,
    params: PassBundleParams,
    querystring: PassBundleLinksQuery,
    response: { 200: PassBundleLinkPage },
  };
  http.get('/api/v1/pass-bundles/:bundleId/links', { schema: list }, async (request, reply) => {
    const actor = await authorize(request, 'accounts.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const { after, limit = LINKS } = request.query;
    const links = await selectLinks(tenant, request.params.bundleId, { after: readCursor(after), limit });
    const last = links.length < limit ? undefined : links.at(-1);
    return { items: await toldLinks(tenant, links), next: last ? writeCursor(last) : null };
  });

  const give = async (tenant: Tenant, setId: number | null, accountId: number) => {
    const given = await giveSetLink(wallet, tenant, { setId, accountId }, programmeOfAccount);
    if (!given.ok) return given;
    const [told] = await toldLinks(tenant, [given.value]);
    const qr = drawBarcode({ format: 'qr', message: told!.url, altText: '' }).svg;
    return { ok: true, value: { ...told!, qr } } as const;
  };

  const add = { tags, params: PassBundleParams, body: NewPassBundleLink, response: { 200: GivenPassBundleLink } };
  http.post('/api/v1/pass-bundles/:bundleId/links', { schema: add }, async (request, reply) => {
    const actor = await authorize(request, 'accounts.adjust');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const given = await give(actor.value.tenant, request.params.bundleId, request.body.accountId);
    return given.ok ? given.value : (sendRefusal(request, reply, given.refusal) as never);
  });

  // All cards that a guest has, by one link.
  const all = { tags, body: NewPassBundleLink, response: { 200: GivenPassBundleLink } };
  http.post('/api/v1/pass-bundle-links', { schema: all }, async (request, reply) => {
    const actor = await authorize(request, 'accounts.adjust');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const given = await give(actor.value.tenant, null, request.body.accountId);
    return given.ok ? given.value : (sendRefusal(request, reply, given.refusal) as never);
  });
}

async function tellOne(tenant: Tenant, setId: number): Promise<PassBundle | null> {
  const [set] = await selectSets(tenant, tenant.companyId, { setId, archived: false, before: null, limit: 1 });
  return set ? tell(set, await namesOfDesigns(tenant)) : null;
}

const namesOfDesigns = async (tenant: Tenant): Promise<ReadonlyMap<number, string>> =>
  new Map((await selectDesigns(tenant, tenant.companyId)).map(({ designId, name }) => [designId, name]));

function tell(set: ListedSet, names: ReadonlyMap<number, string>): PassBundle {
  const { setId, designIds, archivedAt, createdAt, ...rest } = set;
  return {
    ...rest,
    bundleId: setId,
    designs: designIds.map((designId) => ({ designId, name: names.get(designId) ?? '' })),
    archivedAt: archivedAt?.toString() ?? null,
    createdAt: createdAt.toString(),
  };
}

const writeCursor = ({ guid, lastOpenedAt }: SetLink): string => `${lastOpenedAt?.epochMilliseconds ?? ''}.${guid}`;

/** A cursor that is none begins at the start. */
function readCursor(text: string | undefined): { at: Temporal.Instant | null; guid: string } | null {
  const match = /^(\d{0,14})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text ?? '');
  if (!match) return null;
  const at = match[1] === '' ? null : Temporal.Instant.fromEpochMilliseconds(Number(match[1]));
  return { at, guid: match[2]! };
}

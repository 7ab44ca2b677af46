import {
  AccountDetail,
  AccountPage,
  type AccountRow,
  CheckPage,
  EntryPage,
  Id,
  type LadderStanding,
  NumberCursor,
  PageQuery,
  type PassSummary,
  Strict,
} from '@tessera/contract';
import { entryFromJson, type Lot, levelOf, stateAt } from '@tessera/loyalty';
import { Type } from 'typebox';
import type { Tenant } from '../../platform/database/index.ts';
import { type Authorize, cursorOf, type Http, nextOf, sendRefusal } from '../../platform/http/index.ts';
import { consentsOf, fullName, readGuestSearch } from '../guests/index.ts';
import type { Companies } from '../tenancy/index.ts';
import { type AccountView, viewAccount, viewMember } from './account-view.ts';
import { explainEntry } from './explain.ts';
import type { LoyaltyPlatform } from './loyalty-platform.ts';
import { selectEntryNotes } from './operations/operations.store.ts';
import {
  type AccountListRow,
  searchAccounts,
  selectAccountFacts,
  selectAccounts,
  selectChecks,
  selectEntries,
} from './reads.store.ts';
import { describeWallets, walletNameOf } from './wallets/describe-wallets.ts';

export type AccountRoutesOptions = {
  platform: LoyaltyPlatform;
  companies: Companies;
  authorize: Authorize;
  /** The cards of an account: told by the wallet feature, which comes later in the house. */
  passesOf: (tenant: Tenant, accountId: number) => Promise<PassSummary[]>;
};

const PAGE_ROWS = 50;
const AccountParams = Strict({ accountId: Id });
const AccountsQuery = Strict({ ...PageQuery.properties, after: Type.Optional(NumberCursor) });
const EntriesQuery = Strict({ after: Type.Optional(NumberCursor), limit: PageQuery.properties.limit });

/** The console's guests and accounts: GET /api/v1/accounts, …/:accountId, …/entries, …/checks. */
export function accountRoutes(http: Http, { platform, companies, authorize, passesOf }: AccountRoutesOptions): void {
  const tags = ['accounts'];
  http.get(
    '/api/v1/accounts',
    { schema: { tags, querystring: AccountsQuery, response: { 200: AccountPage } } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const { search = '', after, limit = PAGE_ROWS } = request.query;
      const now = platform.clock.now();
      const page = { now, before: cursorOf(after), limit };
      const { rows, more } =
        search.trim() === ''
          ? { rows: await selectAccounts(tenant, page), more: false }
          : await searchAccounts(tenant, { ...page, search: readGuestSearch(search) });
      const items = await Promise.all(rows.map((row) => toAccountRow(platform, tenant, row, now)));
      return { items, next: nextOf(rows, limit, (row) => row.accountId), more };
    },
  );

  http.get(
    '/api/v1/accounts/:accountId',
    { schema: { tags, params: AccountParams, response: { 200: AccountDetail } } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const detail = await describeAccount(platform, tenant, request.params.accountId, passesOf);
      return detail ?? (sendRefusal(request, reply, { code: 'account_not_found' }) as never);
    },
  );

  http.get(
    '/api/v1/accounts/:accountId/entries',
    { schema: { tags, params: AccountParams, querystring: EntriesQuery, response: { 200: EntryPage } } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const { accountId } = request.params;
      const view = await viewAccount(platform, tenant, accountId);
      if (!view) return sendRefusal(request, reply, { code: 'account_not_found' }) as never;
      const { after, limit = PAGE_ROWS } = request.query;
      const rows = await selectEntries(tenant, { accountId, before: cursorOf(after), limit });
      const { currency } = await companies.of(tenant);
      const levelNames = new Map(view.rules.levels.map((level) => [level.id, level.name]));
      const sequences = rows.map(({ body }) => entryFromJson(body).id);
      const notes = await selectEntryNotes(tenant, accountId, sequences);
      const items = rows.map(({ checkId, change, balance, body }) => {
        const entry = entryFromJson(body);
        const note = notes.get(entry.id);
        return {
          sequence: entry.id,
          kind: entry.kind,
          wallet: walletNameOf(entry, view.rules),
          change: Number(change),
          balance: Number(balance),
          occurredAt: entry.occurredAt.toString(),
          recordedAt: entry.recordedAt.toString(),
          checkId,
          comment: note?.comment ?? '',
          author: note?.userName ?? null,
          text: explainEntry(entry, {
            t: request.t,
            language: request.language,
            currency,
            levelNames,
            rules: view.rules,
          }),
        };
      });
      return { items, next: nextOf(items, limit, (item) => item.sequence) };
    },
  );

  http.get(
    '/api/v1/accounts/:accountId/checks',
    { schema: { tags, params: AccountParams, querystring: EntriesQuery, response: { 200: CheckPage } } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { after, limit = PAGE_ROWS } = request.query;
      const { accountId } = request.params;
      const { tenant } = actor.value;
      if (!(await selectAccountFacts(tenant, accountId))) {
        return sendRefusal(request, reply, { code: 'account_not_found' }) as never;
      }
      const rows = await selectChecks(tenant, { accountId, before: cursorOf(after), limit });
      const items = rows.map(({ accountId: _account, firstName: _first, lastName: _last, ...row }) => ({
        ...row,
        // A sale of our own till that nobody numbered goes by ours: its key is no name for people.
        number: row.number || (row.source === 'till' ? String(row.checkId) : ''),
        money: Number(row.money),
        spent: Number(row.spent),
        accrued: Number(row.accrued),
        discount: Number(row.discount),
        occurredAt: row.occurredAt.toString(),
      }));
      return { items, next: nextOf(items, limit, (item) => item.checkId) };
    },
  );
}

/** A row shows the state of now; only a row with something due has to be computed for that. */
async function toAccountRow(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  row: AccountListRow,
  now: Temporal.Instant,
): Promise<AccountRow> {
  const rules = await platform.rules.of(tenant, row.rules, now);
  const current = row.overdueState ? stateAt(row.overdueState, rules, now).state : null;
  const level = current ? levelOf(current, rules) : rules.levels.find(({ id }) => id === row.level);
  return {
    accountId: row.accountId,
    name: fullName(row),
    phone: row.phone,
    level: level?.name ?? row.level,
    balance: Number(current?.available ?? row.available),
    turnover: Number(row.turnover),
    cards: row.cards,
    lastSaleAt: row.lastSaleAt?.toString() ?? null,
    createdAt: row.createdAt.toString(),
    blocked: row.blocked,
  };
}

async function describeAccount(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  accountId: number,
  passesOf: AccountRoutesOptions['passesOf'],
): Promise<AccountDetail | null> {
  const member = await viewMember(platform, tenant, accountId);
  if (!member) return null;
  const { account: view, guest } = member;
  const [facts, consents, passes] = await Promise.all([
    selectAccountFacts(tenant, accountId),
    consentsOf(tenant, view.guestId),
    passesOf(tenant, accountId),
  ]);
  if (!facts) return null;
  const { balance, level, nextLevel, state } = view;
  const { identifiers, ...profile } = guest;
  return {
    accountId,
    guest: {
      ...profile,
      identifiers: identifiers.map((one) => ({ ...one, verifiedAt: one.verifiedAt?.toString() ?? null })),
      consents: consents.map(({ purpose, textVersion, source, givenAt }) => ({
        purpose,
        textVersion,
        source,
        givenAt: givenAt.toString(),
      })),
    },
    group: { id: view.groupId, name: facts.groupName },
    programme: { id: view.programmeId, name: facts.programmeName },
    balance: {
      available: Number(balance.available),
      pending: Number(balance.pending),
      held: Number(balance.held),
      debt: Number(balance.debt),
    },
    level: { id: level.id, name: level.name, rateBasisPoints: view.earnRate },
    nextLevel: nextLevel && {
      name: nextLevel.level.name,
      fromTurnover: Number(nextLevel.level.fromTurnover),
      missing: Number(nextLevel.missing),
    },
    ladder: ladderOf(view),
    turnover: Number(state.turnover),
    blocked: state.blocked,
    closed: state.closed,
    createdAt: facts.createdAt.toString(),
    lots: state.lots.map((lot) => ({
      lotId: lot.id,
      amount: Number(lot.original),
      remaining: Number(lot.remaining),
      reason: lot.reason,
      activatesAt: Temporal.Instant.fromEpochMilliseconds(lot.activatesAtMs).toString(),
      expiresAt: lot.expiresAtMs === null ? null : Temporal.Instant.fromEpochMilliseconds(lot.expiresAtMs).toString(),
      awaits: awaitedOf(lot),
      status: lot.active ? ('usable' as const) : ('pending' as const),
    })),
    wallets: describeWallets(state, view.rules),
    passes,
  };
}

function ladderOf({ rules, measure, graceUntil, state: { pin } }: AccountView): LadderStanding {
  const pinned = pin === null ? undefined : rules.levels.find(({ id }) => id === pin.level);
  const until = pin === null || pin.untilMs === null ? null : Temporal.Instant.fromEpochMilliseconds(pin.untilMs);
  return {
    measure: rules.ladder.measure,
    amount: Number(measure),
    graceUntil: graceUntil?.toString() ?? null,
    levels: rules.levels.map(({ id, name }) => ({ id, name })),
    pinned: pinned ? { level: { id: pinned.id, name: pinned.name }, until: until?.toString() ?? null } : null,
  };
}

function awaitedOf({ active, awaits }: Lot): AccountDetail['lots'][number]['awaits'] {
  if (active || awaits === undefined) return null;
  const { cancelsAtMs } = awaits;
  return { cancelsAt: cancelsAtMs === null ? null : Temporal.Instant.fromEpochMilliseconds(cancelsAtMs).toString() };
}

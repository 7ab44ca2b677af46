import {
  AccountGroupList,
  AccountGroupRow,
  ChangeAccountGroup,
  NewAccountGroup,
  SmallId,
  Strict,
} from '@tessera/contract';
import { type Authorize, type Http, sendRefusal } from '../../../platform/http/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import type { GroupTemplate } from '../model.ts';
import { selectListedGroups } from './groups.store.ts';
import { addGroup, changeGroup } from './keep-groups.ts';

export type GroupRoutesOptions = { platform: LoyaltyPlatform; authorize: Authorize };

const tags = ['programmes'];
const GroupParams = Strict({ groupId: SmallId });

// A body of JSON has no members that are undefined, whatever its type says.
const templateOf = (template: AccountGroupRow['template']) => template as GroupTemplate | null;

/** Account groups: GET, POST /api/v1/account-groups; PUT …/:groupId. */
export function groupRoutes(http: Http, { platform, authorize }: GroupRoutesOptions): void {
  const list = { tags, response: { 200: AccountGroupList } };
  http.get('/api/v1/account-groups', { schema: list }, async (request, reply) => {
    const actor = await authorize(request, 'programmes.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    return { items: (await selectListedGroups(actor.value.tenant)) as AccountGroupRow[] };
  });

  const add = { tags, body: NewAccountGroup, response: { 200: AccountGroupRow } };
  http.post('/api/v1/account-groups', { schema: add }, async (request, reply) => {
    const actor = await authorize(request, 'programmes.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const wish = { ...request.body, template: templateOf(request.body.template) };
    const added = await addGroup(platform, actor.value.tenant, wish);
    return added.ok ? (added.value as AccountGroupRow) : (sendRefusal(request, reply, added.refusal) as never);
  });

  const change = { tags, params: GroupParams, body: ChangeAccountGroup, response: { 200: AccountGroupRow } };
  http.put('/api/v1/account-groups/:groupId', { schema: change }, async (request, reply) => {
    const actor = await authorize(request, 'programmes.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const wish = { ...request.params, name: request.body.name, template: templateOf(request.body.template) };
    const changed = await changeGroup(platform, actor.value.tenant, wish);
    return changed.ok ? (changed.value as AccountGroupRow) : (sendRefusal(request, reply, changed.refusal) as never);
  });
}

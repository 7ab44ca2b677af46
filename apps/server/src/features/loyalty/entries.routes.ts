import { EntryStory, Id, Strict } from '@tessera/contract';
import { type Authorize, type Http, sendRefusal } from '../../platform/http/index.ts';
import type { Companies } from '../tenancy/index.ts';
import { viewAccount } from './account-view.ts';
import { explainAccountEntry } from './explain-account-entry.ts';
import type { LoyaltyPlatform } from './loyalty-platform.ts';

export type EntryRoutesOptions = { platform: LoyaltyPlatform; companies: Companies; authorize: Authorize };

const EntryParams = Strict({ accountId: Id, sequence: Id });

/** What stands behind one line of an account: GET /api/v1/accounts/:accountId/entries/:sequence. */
export function entryRoutes(http: Http, { platform, companies, authorize }: EntryRoutesOptions): void {
  http.get(
    '/api/v1/accounts/:accountId/entries/:sequence',
    { schema: { tags: ['accounts'], params: EntryParams, response: { 200: EntryStory } } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const view = await viewAccount(platform, tenant, request.params.accountId);
      if (!view) return sendRefusal(request, reply, { code: 'account_not_found' }) as never;
      const { currency, timeZone } = await companies.of(tenant);
      const { t, language } = request;
      const levelNames = new Map(view.rules.levels.map((level) => [level.id, level.name]));
      const telling = { t, language, currency, levelNames, rules: view.rules, timeZone, now: platform.clock.now() };
      const story = await explainAccountEntry(platform, tenant, request.params, telling);
      return story ?? (sendRefusal(request, reply, { code: 'not_found' }) as never);
    },
  );
}

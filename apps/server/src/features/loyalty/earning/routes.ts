import {
  Budget,
  BudgetBody,
  BudgetList,
  BudgetParams,
  GuestAdvertising,
  GuestBirthday,
  GuestNote,
  GuestParams,
  GuestTags,
  ProgrammeParams,
} from '@tessera/contract';
import { type Authorize, type Http, sendRefusal } from '../../../platform/http/index.ts';
import { changeNote, replaceTags, tagsOf, withdrawConsent } from '../../guests/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { type BudgetRow, selectBudgets, upsertBudget } from './budgets.store.ts';
import { editBirthday } from './edit-birthday.ts';

export type EarningRoutesOptions = { platform: LoyaltyPlatform; authorize: Authorize };

const toBudget = ({ budgetId, name, amount, used, updatedAt }: BudgetRow): Budget => ({
  budgetId,
  name,
  amount: Number(amount),
  used: Number(used),
  updatedAt: updatedAt.toString(),
});

/** What rules of earning ask for: budgets of campaigns, tags and birthdays of guests. */
export function earningRoutes(http: Http, options: EarningRoutesOptions): void {
  budgetRoutes(http, options);
  guestRoutes(http, options);
}

function budgetRoutes(http: Http, { platform, authorize }: EarningRoutesOptions): void {
  const tags = ['programmes'];
  http.get(
    '/api/v1/programmes/:programmeId/budgets',
    { schema: { tags, params: ProgrammeParams, response: { 200: BudgetList } } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const rows = await selectBudgets(actor.value.tenant, request.params.programmeId);
      return { items: rows.map(toBudget) };
    },
  );

  http.put(
    '/api/v1/programmes/:programmeId/budgets/:budgetId',
    { schema: { tags, params: BudgetParams, body: BudgetBody, response: { 200: Budget } } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { programmeId, budgetId } = request.params;
      const { name, amount } = request.body;
      const budget = { budgetId, name: name.trim(), amount: BigInt(amount) };
      const kept = await upsertBudget(actor.value.tenant, programmeId, budget, platform.clock.now());
      return kept ? toBudget(kept) : (sendRefusal(request, reply, { code: 'programme_not_found' }) as never);
    },
  );
}

function guestRoutes(http: Http, { platform, authorize }: EarningRoutesOptions): void {
  const tags = ['guests'];
  http.get(
    '/api/v1/guests/:guestId/tags',
    { schema: { tags, params: GuestParams, response: { 200: GuestTags } } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      return { tags: await tagsOf(actor.value.tenant, request.params.guestId) };
    },
  );

  http.put(
    '/api/v1/guests/:guestId/tags',
    { schema: { tags, params: GuestParams, body: GuestTags, response: { 200: GuestTags } } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.adjust');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { guestId } = request.params;
      const { tenant } = actor.value;
      const known = await replaceTags(tenant, guestId, request.body.tags, platform.clock.now());
      if (!known) return sendRefusal(request, reply, { code: 'guest_not_found' }) as never;
      return { tags: await tagsOf(tenant, guestId) };
    },
  );

  http.put(
    '/api/v1/guests/:guestId/note',
    { schema: { tags, params: GuestParams, body: GuestNote, response: { 200: GuestNote } } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.adjust');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const note = request.body.note.trim();
      const known = await changeNote(actor.value.tenant, request.params.guestId, note);
      return known ? { note } : (sendRefusal(request, reply, { code: 'guest_not_found' }) as never);
    },
  );

  http.delete(
    '/api/v1/guests/:guestId/advertising',
    { schema: { tags, params: GuestParams, response: { 200: GuestAdvertising } } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.adjust');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const taken = { purpose: 'marketing', now: platform.clock.now() } as const;
      const withdrawn = await withdrawConsent(actor.value.tenant, request.params.guestId, taken);
      return withdrawn === null ? (sendRefusal(request, reply, { code: 'guest_not_found' }) as never) : { withdrawn };
    },
  );

  http.put(
    '/api/v1/guests/:guestId/birthday',
    { schema: { tags, params: GuestParams, body: GuestBirthday, response: { 200: GuestBirthday } } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.adjust');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { birthday } = request.body;
      const edited = await editBirthday(platform, actor.value.tenant, request.params.guestId, birthday);
      return edited.ok ? { birthday } : (sendRefusal(request, reply, edited.refusal) as never);
    },
  );
}

import { type Refusal, type Result, refuse, succeed } from '@tessera/contract';
import { type AccountState, decide, newAccountState, type Quote, quote, type Rules } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { toRefusal } from '../model.ts';
import { checkRules, type RulesCheck } from './check-rules.ts';
import { readDraft } from './edit-draft.ts';
import type { RulesBody } from './model.ts';
import { selectProgramme } from './programmes.store.ts';

export type ExampleCheck = {
  programmeId: number;
  total: bigint;
  level: string | null;
  balance: bigint;
  spend: bigint;
  venue: string | null;
  /** Rules that are not saved yet. */
  body: RulesBody | null;
  of: 'live' | 'draft';
};
export type ExampleAnswer = { rules: Rules; quote: Quote };

/**
 * What a check would give to an invented guest, by the code that registers real ones. More points to spend than are
 * allowed are cut down, since the question is what may be spent.
 * @returns draft_contradictory (with what cannot be read), value_invalid for an unknown level
 */
export async function tryExample(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  wish: ExampleCheck,
): Promise<Result<ExampleAnswer> | { ok: false; refusal: Refusal; check: RulesCheck }> {
  const programme = await selectProgramme(tenant, wish.programmeId);
  if (!programme) return refuse('programme_not_found');
  const now = platform.clock.now();
  const live = await platform.rules.of(tenant, programme.rules, now);
  const body = wish.body ?? (wish.of === 'draft' ? await draftBody(platform, tenant, wish.programmeId) : null);
  const check = body === null ? null : checkRules(body, programme.kind, now);
  if (check !== null && !check.ok) return { ...refuse('draft_contradictory'), check };
  const rules = check?.rules ?? live;
  const state = inventedGuest(rules, wish, now);
  if (!state) return refuse('value_invalid', { field: 'level' });
  const context = wish.venue === null ? undefined : { venue: wish.venue };
  const basket = { total: wish.total, context };
  const unspent = quote(state, basket, rules, now);
  if (!unspent.ok) return { ok: false, refusal: toRefusal(unspent) };
  if (wish.spend === 0n) return succeed({ rules, quote: unspent });
  const wanted = { ...basket, spend: wish.spend };
  if (wanted.spend > unspent.maxSpend) wanted.spend = unspent.maxSpend;
  const asked = quote(state, wanted, rules, now);
  return asked.ok ? succeed({ rules, quote: asked }) : { ok: false, refusal: toRefusal(asked) };
}

async function draftBody(platform: LoyaltyPlatform, tenant: Tenant, programmeId: number): Promise<RulesBody | null> {
  const draft = await readDraft(platform, tenant, programmeId);
  return draft.ok ? draft.value.body : null;
}

/** A guest on a level, with points that may be spent. `null` when the rules have no such level. */
function inventedGuest(rules: Rules, { level, balance }: ExampleCheck, now: Temporal.Instant): AccountState | null {
  const stands = level === null ? rules.levels[0] : rules.levels.find(({ id }) => id === level);
  if (!stands) return null;
  const guest: AccountState = { ...newAccountState(), level: stands.id };
  const given =
    balance > 0n ? decide(guest, { kind: 'refill', amount: balance, lifetimeDays: null }, rules, now) : null;
  return given?.ok ? given.state : guest;
}

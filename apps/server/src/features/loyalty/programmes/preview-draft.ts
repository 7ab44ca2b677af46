import { type Result, refuse, succeed } from '@tessera/contract';
import { compareRules, type RuleChange, type Rules } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { checkRulesOf, type RulesCheck } from './check-rules.ts';
import { readDraft } from './edit-draft.ts';
import type { RulesBody } from './model.ts';
import { selectProgramme } from './programmes.store.ts';

export type Preview = { check: RulesCheck; changes: readonly RuleChange[]; live: Rules };

/** What would change if a draft took the place of the live rules, and what is wrong with it. Writes nothing. */
export async function previewDraft(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  wish: { programmeId: number; body: RulesBody | null; at: Temporal.Instant | null },
): Promise<Result<Preview>> {
  const programme = await selectProgramme(tenant, wish.programmeId);
  if (!programme) return refuse('programme_not_found');
  const now = platform.clock.now();
  const draft = wish.body === null ? await readDraft(platform, tenant, wish.programmeId) : null;
  if (draft && !draft.ok) return draft;
  const body = wish.body ?? draft?.value.body ?? {};
  const live = await platform.rules.of(tenant, programme.rules, now);
  const check = await checkRulesOf(tenant, tenant.companyId, programme, { body, at: wish.at ?? now });
  return succeed({ check, live, changes: check.ok ? compareRules(live, check.rules) : [] });
}

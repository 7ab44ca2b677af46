import { type Result, refuse, succeed } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { rulesIdAt } from '../model.ts';
import { deleteDraft, selectDraft, writeDraft } from './drafts.store.ts';
import { type RulesBody, withoutNumber } from './model.ts';
import { selectBody, selectProgramme } from './programmes.store.ts';

export type DraftView = {
  version: number;
  body: RulesBody;
  outdated: boolean;
  author: string | null;
  updatedAt: Temporal.Instant | null;
};

/** The draft of a programme; where nobody has begun one, the live rules under version 0. */
export async function readDraft(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  programmeId: number,
): Promise<Result<DraftView>> {
  const programme = await selectProgramme(tenant, programmeId);
  if (!programme) return refuse('programme_not_found');
  const rulesId = rulesIdAt(programme.rules, platform.clock.now());
  const draft = await selectDraft(tenant, tenant.companyId, programmeId);
  if (draft) {
    const { version, body, author, updatedAt } = draft;
    return succeed({ version, body, author, updatedAt, outdated: draft.baseRulesId !== rulesId });
  }
  const body = (await selectBody(tenant, tenant.companyId, { programmeId, rulesId })) ?? {};
  return succeed({ version: 0, body, outdated: false, author: null, updatedAt: null });
}

/**
 * Keeps what somebody has written, whole or not yet. Nobody's guests are touched by it.
 * @returns draft_changed (with the author) when somebody else has saved since `version` was read
 */
export async function saveDraft(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  wish: { programmeId: number; version: number; body: RulesBody; userId: number | null },
): Promise<Result<DraftView>> {
  const programme = await selectProgramme(tenant, wish.programmeId);
  if (!programme) return refuse('programme_not_found');
  const now = platform.clock.now();
  const rulesId = rulesIdAt(programme.rules, now);
  const body = withoutNumber(wish.body);
  const write = { ...wish, body, baseRulesId: rulesId, now };
  const version = await writeDraft(tenant, tenant.companyId, write);
  if (version === null) {
    const other = await selectDraft(tenant, tenant.companyId, wish.programmeId);
    return refuse('draft_changed', { author: other?.author ?? '', version: other?.version ?? 0 });
  }
  return readDraft(platform, tenant, wish.programmeId);
}

/** Throws the draft away; nothing more when there is none. */
export async function discardDraft(tenant: Tenant, programmeId: number): Promise<Result<null>> {
  if (!(await selectProgramme(tenant, programmeId))) return refuse('programme_not_found');
  await deleteDraft(tenant, tenant.companyId, programmeId);
  return succeed(null);
}

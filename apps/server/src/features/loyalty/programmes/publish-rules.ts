import { type Result, refuse, succeed } from '@tessera/contract';
import { compareRules, rulesFromJson } from '@tessera/loyalty';
import type { Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { rulesIdAt } from '../model.ts';
import { checkRules, checkRulesOf, isPublishable } from './check-rules.ts';
import { deleteDraft, selectDraft, writeDraft } from './drafts.store.ts';
import type { WithCheck } from './make-programme.ts';
import { type Programme, PUBLISH_AHEAD_DAYS_MAX, type RulesBody, scheduledOf } from './model.ts';
import {
  insertPublication,
  insertVersion,
  lockProgramme,
  selectBody,
  selectPublicationByKey,
  setVersions,
  withdrawPublication,
} from './programmes.store.ts';

export type Published = { rulesId: number; effectiveAt: Temporal.Instant };

type PublishWish = {
  programmeId: number;
  key: string;
  /** Of the draft that its publisher has seen. */
  version: number;
  /** `null`: at once. */
  at: Temporal.Instant | null;
  userId: number | null;
};

/**
 * Makes the draft a version of the rules, which never changes again, in force at once or from an instant on. The same
 * key again is told what it has published.
 * @returns draft_changed, draft_contradictory (with the check), draft_same_as_live, publication_scheduled (another one
 *   waits), publish_at_invalid, idempotency_mismatch
 */
export function publishDraft(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  asked: PublishWish,
): Promise<WithCheck<Published>> {
  const wish = { ...asked, at: asked.at && wholeMilliseconds(asked.at) };
  const { programmeId } = wish;
  const { companyId } = tenant;
  return tenant.transaction(async (transaction): Promise<WithCheck<Published>> => {
    const now = wholeMilliseconds(platform.clock.now());
    const opened = await openProgramme(transaction, wish, now);
    if (!opened.ok || 'repeated' in opened.value) {
      return told(
        opened,
        (first) => first.restoredRulesId === null && (wish.at === null || wish.at.equals(first.effectiveAt)),
      );
    }
    const { programme } = opened.value;
    const late =
      wish.at !== null && Temporal.Duration.compare(now.until(wish.at), { hours: PUBLISH_AHEAD_DAYS_MAX * 24 }) > 0;
    if (wish.at !== null && (late || Temporal.Instant.compare(wish.at, now) <= 0)) {
      return refuse('publish_at_invalid', { days: PUBLISH_AHEAD_DAYS_MAX });
    }
    const draft = await selectDraft(transaction, companyId, programmeId, { lock: true });
    if (draft?.version !== wish.version) return refuse('draft_changed', { author: draft?.author ?? '' });
    const check = await checkRulesOf(transaction, companyId, programme, { body: draft.body, at: wish.at ?? now });
    if (!check.ok || !isPublishable(check)) return { ...refuse('draft_contradictory'), check };
    const live = await bodyOf(transaction, programmeId, programme.rules.rulesId);
    if (compareRules(rulesFromJson({ ...live, id: 'live' }), check.rules).length === 0)
      return refuse('draft_same_as_live');
    const published = await publish(transaction, programme, { ...wish, body: draft.body, restored: null }, now);
    await deleteDraft(transaction, companyId, programmeId);
    return succeed(published);
  });
}

/**
 * Brings an old version back: a new one with the same settings, in force at once.
 * @returns rules_version_not_found, rules_version_live, draft_contradictory (an old version that no longer can be read),
 *   publication_scheduled, idempotency_mismatch
 */
export function rollBack(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  wish: { programmeId: number; key: string; rulesId: number; userId: number | null },
): Promise<WithCheck<Published>> {
  return tenant.transaction(async (transaction): Promise<WithCheck<Published>> => {
    const now = wholeMilliseconds(platform.clock.now());
    const opened = await openProgramme(transaction, wish, now);
    if (!opened.ok || 'repeated' in opened.value) {
      return told(opened, (first) => first.restoredRulesId === wish.rulesId);
    }
    const { programme } = opened.value;
    if (programme.rules.rulesId === wish.rulesId) return refuse('rules_version_live');
    const body = await selectBody(transaction, tenant.companyId, wish);
    if (!body) return refuse('rules_version_not_found');
    const check = checkRules(body, programme.kind, now);
    if (!check.ok) return { ...refuse('draft_contradictory'), check };
    const publication = { ...wish, body, restored: wish.rulesId, at: null };
    return succeed(await publish(transaction, programme, publication, now));
  });
}

/**
 * Takes back what waits for its instant. Its settings become the draft again, unless somebody has begun another one.
 * @returns publication_not_scheduled when its instant has come
 */
export function withdrawScheduled(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  wish: { programmeId: number; userId: number | null },
): Promise<Result<null>> {
  const { programmeId, userId } = wish;
  const { companyId } = tenant;
  return tenant.transaction(async (transaction): Promise<Result<null>> => {
    const now = platform.clock.now();
    const programme = await lockProgramme(transaction, companyId, programmeId);
    if (!programme) return refuse('programme_not_found');
    const { rulesId } = programme.rules;
    const scheduled = scheduledOf(programme.rules, now);
    if (!scheduled) return refuse('publication_not_scheduled');
    await setVersions(transaction, companyId, programmeId, { rulesId, next: null });
    await withdrawPublication(transaction, companyId, scheduled.rulesId, now);
    const body = await bodyOf(transaction, programmeId, scheduled.rulesId);
    await writeDraft(transaction, companyId, { programmeId, body, baseRulesId: rulesId, version: 0, userId, now });
    return succeed(null);
  });
}

/** What the database keeps exactly, so that a repeated call is told the same instant. */
const wholeMilliseconds = (at: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(at.epochMilliseconds);

type Repeated = NonNullable<Awaited<ReturnType<typeof selectPublicationByKey>>>;

/** The programme with the version in force now in first place, or what the same key has published before. */
async function openProgramme(
  transaction: TenantTransaction,
  { programmeId, key }: { programmeId: number; key: string },
  now: Temporal.Instant,
): Promise<Result<{ programme: Programme } | { repeated: Repeated }>> {
  const found = await lockProgramme(transaction, transaction.companyId, programmeId);
  if (!found) return refuse('programme_not_found');
  const repeated = await selectPublicationByKey(transaction, transaction.companyId, key);
  if (repeated) return repeated.programmeId === programmeId ? succeed({ repeated }) : refuse('idempotency_mismatch');
  const scheduled = scheduledOf(found.rules, now);
  if (scheduled) return refuse('publication_scheduled', { at: scheduled.at.toString() });
  const rulesId = rulesIdAt(found.rules, now);
  return succeed({ programme: { ...found, rules: { rulesId, next: null } } });
}

/** The answer to a key that was here before, when it asked for the same thing. */
function told(
  opened: Result<{ programme: Programme } | { repeated: Repeated }>,
  isSame: (first: Repeated) => boolean,
): Result<Published> {
  if (!opened.ok) return opened;
  if (!('repeated' in opened.value)) throw new Error('Nothing was published with this key.');
  const { repeated } = opened.value;
  if (!isSame(repeated)) return refuse('idempotency_mismatch');
  return succeed({ rulesId: repeated.rulesId, effectiveAt: repeated.effectiveAt });
}

async function publish(
  transaction: TenantTransaction,
  { programmeId, rules }: Programme,
  wish: { key: string; body: RulesBody; at: Temporal.Instant | null; restored: number | null; userId: number | null },
  now: Temporal.Instant,
): Promise<Published> {
  const { companyId } = transaction;
  const { body, at, key, userId } = wish;
  const rulesId = await insertVersion(transaction, companyId, { programmeId, body }, now);
  const effectiveAt = at ?? now;
  const versions = at === null ? { rulesId, next: null } : { rulesId: rules.rulesId, next: { rulesId, at } };
  await setVersions(transaction, companyId, programmeId, versions);
  const publication = { programmeId, rulesId, previousRulesId: rules.rulesId, restoredRulesId: wish.restored };
  await insertPublication(transaction, companyId, { ...publication, effectiveAt, userId, key }, now);
  return { rulesId, effectiveAt };
}

async function bodyOf(transaction: TenantTransaction, programmeId: number, rulesId: number): Promise<RulesBody> {
  const body = await selectBody(transaction, transaction.companyId, { programmeId, rulesId });
  if (!body) throw new Error(`Rules ${rulesId} of company ${transaction.companyId} are missing.`);
  return body;
}

import { succeed } from '@tessera/contract';
import { type Calendar, decide, levelsAbove, rewardAbove } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import { updateAccount } from '../account-write.store.ts';
import { selectAccount } from '../accounts.store.ts';
import { selectEntriesFrom } from '../checks.store.ts';
import { type CompanionWrite, writeTogether } from '../companions.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { withBalances } from '../model.ts';
import { type Attempt, untilWritten } from '../until-written.ts';
import type { StoredReferral, StoredReward } from './model.ts';
import { instantsOf, rewardCommand, rewardEntryOf } from './qualify-by-sale.ts';
import { selectReferral, selectReferralOfFriend } from './referrals.store.ts';
import { countRewards, insertReward, revokeReward, selectRewards } from './rewards.store.ts';
import { revokeCommand } from './undo-by-return.ts';

/**
 * Gives those above a friend their points, each in a transaction of his own account. Done twice it gives them once: the
 * row of the reward is written together with the points, and a level has one row.
 */
export async function rewardThoseAbove(platform: LoyaltyPlatform, tenant: Tenant, referralId: number): Promise<void> {
  const stored = await selectReferral(tenant, referralId);
  if (!stored || !isAlive(stored)) return;
  const levels = levelsAbove(stored.referral.settings);
  const passed = new Set([stored.accountId]);
  let accountId: number | null = stored.referrerAccountId;
  for (let level = 1; level <= levels && accountId !== null && !passed.has(accountId); level++) {
    passed.add(accountId);
    await rewardOne(platform, tenant, { referralId, level, accountId });
    accountId = level < levels ? await referrerOf(tenant, accountId) : null;
  }
  platform.wake();
}

const isAlive = ({ referral }: StoredReferral): boolean =>
  referral.state === 'qualified' || referral.state === 'rewarded';

/** Who had brought somebody, as far as it counted. */
async function referrerOf(tenant: Tenant, accountId: number): Promise<number | null> {
  const stored = await selectReferralOfFriend(tenant, accountId);
  return stored && isAlive(stored) ? stored.referrerAccountId : null;
}

type Beneficiary = { referralId: number; level: number; accountId: number };

async function rewardOne(platform: LoyaltyPlatform, tenant: Tenant, one: Beneficiary): Promise<void> {
  const done = await untilWritten(() => attemptReward(platform, tenant, one));
  if (!done.ok) throw new Error(`A reward of a referral was not written: ${done.refusal.code}`);
}

async function attemptReward(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  { referralId, level, accountId }: Beneficiary,
): Promise<Attempt<null>> {
  const [stored, rewards, account] = await Promise.all([
    selectReferral(tenant, referralId),
    selectRewards(tenant, [referralId]),
    selectAccount(tenant, accountId),
  ]);
  const given = rewards.some((reward) => reward.level === level);
  if (!stored || !isAlive(stored) || !account || given) return succeed(null);
  const { referral } = stored;
  const now = platform.clock.now();
  const rules = await platform.rules.of(tenant, account.rules, now);
  const month = monthOf(referral.qualifiedAt!, rules);
  const rewardsOfMonth = await countRewards(tenant, { accountId, level, ...month });
  const grant = rewardAbove(referral, level, { blocked: account.state.blocked, rewardsOfMonth });
  if (grant === null) return succeed(null);
  const { companyId } = tenant;
  const row = { referralId, level, accountId, points: 0n, reason: null, lotId: null, entrySequence: null };
  if ('none' in grant) {
    const at = Temporal.Instant.fromEpochMilliseconds(referral.qualifiedAt!);
    await insertReward(tenant, companyId, { ...row, reason: grant.none, earnedAt: at, activatesAt: at });
    return succeed(null);
  }
  const decision = decide(account.state, rewardCommand(grant, level), rules, now);
  if (!decision.ok) throw new Error(`A reward of a referral was refused: ${decision.refusal.code}`);
  const { points } = grant;
  const { lotId } = decision.outcome;
  const entrySequence = rewardEntryOf(decision.entries);
  const companion: CompanionWrite = (transaction) =>
    insertReward(transaction, companyId, { ...row, points, lotId, entrySequence, ...instantsOf(grant) });
  const { version, state: before } = account;
  const stateAfter = decision.state;
  const entries = withBalances(before, decision.entries);
  const write = { accountId, version, state: stateAfter, rules, checkId: null, stored: entries, now };
  const written = await writeTogether(tenant, (queryable) => updateAccount(queryable, companyId, write), [companion]);
  return written ? succeed(null) : 'lost_race';
}

/** Takes back what those above a friend have got for a check that is no longer big enough. */
export async function undoThoseAbove(platform: LoyaltyPlatform, tenant: Tenant, referralId: number): Promise<void> {
  const rewards = await selectRewards(tenant, [referralId]);
  for (const reward of rewards) {
    if (reward.level === 0 || reward.points === 0n || reward.revokedAt) continue;
    const done = await untilWritten(() => attemptUndo(platform, tenant, reward));
    if (!done.ok) throw new Error(`A reward of a referral was not taken back: ${done.refusal.code}`);
  }
  platform.wake();
}

async function attemptUndo(platform: LoyaltyPlatform, tenant: Tenant, reward: StoredReward): Promise<Attempt<null>> {
  const { accountId, referralId, level } = reward;
  const current = (await selectRewards(tenant, [referralId])).find((one) => one.level === level);
  const account = await selectAccount(tenant, accountId);
  if (!account || current?.revokedAt !== null) return succeed(null);
  const now = platform.clock.now();
  const rules = await platform.rules.of(tenant, account.rules, now);
  const entriesSince = await selectEntriesFrom(tenant, accountId, reward.entrySequence!);
  const decision = decide(account.state, revokeCommand(reward, entriesSince), rules, now);
  if (!decision.ok) throw new Error(`A reward could not be taken back: ${decision.refusal.code}`);
  const stored = withBalances(account.state, decision.entries);
  const write = { accountId, version: account.version, state: decision.state, rules, checkId: null, stored, now };
  const { companyId } = tenant;
  const written = await writeTogether(tenant, (queryable) => updateAccount(queryable, companyId, write), [
    (transaction) => revokeReward(transaction, companyId, { referralId, level, now }),
  ]);
  return written ? succeed(null) : 'lost_race';
}

/** The calendar month of the programme that an instant lies in, half-open. */
function monthOf(at: number, { timeZone }: Calendar): { from: Temporal.Instant; to: Temporal.Instant } {
  const first = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().with({ day: 1 });
  const start = (day: Temporal.PlainDate) => day.toZonedDateTime(timeZone).toInstant();
  return { from: start(first), to: start(first.add({ months: 1 })) };
}

import type { Celebration } from '@tessera/loyalty';
import { decide, nextCelebration } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { rulesIdAt, withBalances } from '../model.ts';
import { askedBy } from './asked.ts';
import {
  askForBirthdays,
  type BirthdayReading,
  readBirthday,
  selectDueBirthdays,
  selectProgrammeBirthdays,
  setBirthdayRules,
  setNextBirthday,
  writeGift,
} from './birthdays.store.ts';

const BATCH = 200;
/** What is left goes on with the next run, a minute later. */
const BATCHES_MAX = 100;
const PLAN_BATCH = 5000;

/**
 * Gives the birthday gifts that are due in a company. Accounts are found by the instant at which their birthday is to be
 * looked at; a look gives the gift if its window is open, and says when to look again. Run late it gives what is still
 * open, run twice it gives nothing more.
 * @returns how many gifts were given
 */
export async function giveBirthdays(platform: LoyaltyPlatform, tenant: Tenant): Promise<number> {
  await lookByNewRules(platform, tenant);
  let given = 0;
  for (let batch = 0; batch < BATCHES_MAX; batch++) {
    const due = await selectDueBirthdays(tenant, platform.clock.now(), BATCH);
    let moved = 0;
    for (const accountId of due) {
      const result = await lookAt(platform, tenant, accountId);
      if (result !== 'lost_race') moved += 1;
      if (result === 'given') given += 1;
    }
    // Whoever lost a race is looked at again with the next run.
    if (due.length < BATCH || moved === 0) break;
  }
  if (given > 0) platform.wake();
  return given;
}

/** A new version of the rules may give another gift, or the first: everybody who told a birthday is looked at once. */
async function lookByNewRules(platform: LoyaltyPlatform, tenant: Tenant): Promise<void> {
  for (const { programmeId, rules: inForce, lookedAtBy } of await selectProgrammeBirthdays(tenant)) {
    const now = platform.clock.now();
    const rulesId = rulesIdAt(inForce, now);
    if (rulesId === lookedAtBy) continue;
    const gives = askedBy(await platform.rules.version(tenant, rulesId)).birthday;
    for (let after: number | null = gives ? 0 : null; after !== null; ) {
      after = await askForBirthdays(tenant, programmeId, { after, limit: PLAN_BATCH, now });
    }
    await setBirthdayRules(tenant, programmeId, rulesId);
  }
}

async function lookAt(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  accountId: number,
): Promise<'given' | 'looked' | 'lost_race'> {
  const reading = await readBirthday(tenant, accountId);
  if (!reading) return 'looked';
  const { account, nextBirthdayAt: was } = reading;
  const now = platform.clock.now();
  const rules = await platform.rules.of(tenant, account.rules, now);
  const facts = factsOf(reading);
  const celebrationAt = (givenYear: number | null): Celebration | null =>
    facts &&
    nextCelebration({ ...facts, filledAt: facts.filledAt.epochMilliseconds }, givenYear, rules, now.epochMilliseconds);
  const next = celebrationAt(account.state.tally?.birthdayYear ?? null);
  if (!facts || !next || next.opensAt > now.epochMilliseconds) {
    await setNextBirthday(tenant, accountId, { was, next: next && instantOf(next.opensAt) });
    return 'looked';
  }
  const decision = decide(account.state, { kind: 'birthday', ...facts }, rules, now);
  if (!decision.ok) {
    // The account is blocked: perhaps not tomorrow.
    await setNextBirthday(tenant, accountId, { was, next: now.add({ hours: 24 }) });
    return 'looked';
  }
  const after = celebrationAt(next.year);
  const stored = withBalances(account.state, decision.entries);
  const { version } = account;
  const write = { accountId, version, state: decision.state, rules, checkId: null, stored, now };
  return (await writeGift(tenant, write, { was, next: after && instantOf(after.opensAt) })) ? 'given' : 'lost_race';
}

function factsOf({ birthday, filledAt }: BirthdayReading): {
  month: number;
  day: number;
  filledAt: Temporal.Instant;
} | null {
  if (birthday === null) return null;
  const { month, day } = Temporal.PlainDate.from(birthday);
  return { month, day, filledAt };
}

const instantOf = (at: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(at);

import { type Result, refuse, succeed } from '@tessera/contract';
import {
  decide,
  levelOf,
  needsHistory,
  type ReturnLine,
  type ReturnOutcome,
  type SaleRecord,
  type StampsReturned,
} from '@tessera/loyalty';
import type { Tenant } from '../../platform/database/index.ts';
import { type CheckReading, readForReturn, selectEntriesFrom, writeReturn } from './checks.store.ts';
import { companionsOfReturn } from './coalition/settle-points.ts';
import { type CompanionWrite, writeTogether } from './companions.ts';
import { budgetsOfReturn } from './earning/settle-budgets.ts';
import type { LoyaltyPlatform } from './loyalty-platform.ts';
import {
  type CheckSource,
  type KeyedReturnAnswer,
  type ReturnAnswer,
  type ReturnedLine,
  toRefusal,
  withBalances,
} from './model.ts';
import { answerOfReturnedOffers } from './offers/offers-of-check.ts';
import { companionsOfReturn as companionsOfReturnedOffers } from './offers/use-offers.ts';
import { type Bind, keyed } from './operations/keyed.ts';
import { undoByReturn } from './referral/undo-by-return.ts';
import { type Attempt, untilWritten } from './until-written.ts';
import { companionsOfWithdrawn, unusedRewardsOf } from './wallets/rewards.ts';

export type CheckKey = { checkId: number } | { source: CheckSource; externalId: string };

export type ReturnOptions = {
  /** Whose checks the caller may return; all of them when absent. */
  sources?: readonly CheckSource[] | undefined;
};

/**
 * Takes a whole sale back: what remains of it. Spent points return to their lots, earned ones are taken back (a debt
 * when they are gone), the turnover and the level follow. Repeated, it gives the first answer.
 * @returns check_not_found for an unknown check (nothing is parked); forbidden for one of another source
 */
export async function returnCheck(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  key: CheckKey,
  options: ReturnOptions = {},
): Promise<Result<ReturnAnswer>> {
  const turn = 'checkId' in key ? `check:${key.checkId}` : `check:${key.source}:${key.externalId}`;
  const result = await platform.inTurn(`${tenant.companyId}:${turn}`, () =>
    untilWritten(async (): Promise<Attempt<ReturnAnswer>> => {
      const reading = await readForReturn(tenant, key);
      if (!reading) return refuse('check_not_found');
      if (!isOf(reading, options)) return refuse('forbidden');
      if (reading.status === 'returned' && reading.returnAnswer) return succeed(reading.returnAnswer);
      return makeReturn(platform, tenant, reading, {}, ({ answer }) => ({ answer, companions: [] }));
    }),
  );
  return tell(platform, result);
}

/** What goes back: so much of these lines, so much of the money, or everything that remains. */
export type ReturnWish = { lines?: readonly ReturnLine[] | undefined; amount?: bigint | undefined };

/** Who returns, under which key: unique for ever within the source. */
export type ReturnCall = { source: string; returnKey: string; comment?: string | undefined; userId?: number | null };

/**
 * Returns a part of a sale, or what remains of it, once for one key. Anything that cannot be returned refuses the
 * return as a whole.
 * @returns the first answer to this key; or check_not_found, forbidden, return_exceeds_sold, unknown_line,
 *   line_repeated, nothing_to_return, amount_invalid; idempotency_mismatch, in_progress
 */
export async function returnPart(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  checkId: number,
  wish: ReturnWish,
  call: ReturnCall,
  options: ReturnOptions = {},
): Promise<Result<KeyedReturnAnswer>> {
  const found = await readForReturn(tenant, { checkId });
  if (!found) return tell(platform, refuse('check_not_found'));
  if (!isOf(found, options)) return tell(platform, refuse('forbidden'));
  const { returnKey, ...who } = call;
  const facts = [wish.amount, ...(wish.lines ?? []).map(describeLine)];
  const { accountId } = found.account;
  const operation = { ...who, externalId: returnKey, accountId, checkId, kind: 'return', facts };
  const result = await keyed<KeyedReturnAnswer>(platform, tenant, operation, async (bind) => {
    const reading = await readForReturn(tenant, { checkId });
    if (!reading) return refuse('check_not_found');
    return makeReturn(platform, tenant, reading, wish, (returned) => bindReturn(returned, bind));
  });
  return tell(platform, result);
}

const isOf = ({ source }: CheckReading, { sources }: ReturnOptions): boolean => sources?.includes(source) ?? true;

const describeLine = ({ id, quantityThousandths, amount }: ReturnLine): string =>
  `${id}:${quantityThousandths ?? ''}:${amount ?? ''}`;

function tell<T>(platform: LoyaltyPlatform, result: Result<T>): Result<T> {
  platform.metrics.checks.inc({ kind: 'return', result: result.ok ? 'ok' : result.refusal.code });
  if (result.ok) platform.wake();
  return result;
}

type Returned = {
  before: SaleRecord;
  outcome: ReturnOutcome;
  answer: ReturnAnswer;
  now: Temporal.Instant;
  /** The first entry of the return. */
  entrySequence: number | null;
};
type Told<T> = { answer: T; companions: CompanionWrite[] };

function bindReturn(
  { before, outcome, answer, now, entrySequence }: Returned,
  bind: Bind<KeyedReturnAnswer>,
): Told<KeyedReturnAnswer> {
  const told = { ...answer, whole: outcome.whole, lines: returnedLines(before, outcome.sale) };
  return { answer: told, companions: bind(told, { now, entrySequence }) };
}

/** What a return has added to the progress of each line. */
function returnedLines(before: SaleRecord, after: SaleRecord): ReturnedLine[] {
  return after.lines.flatMap(({ id, returned }, index) => {
    const done = returned?.done;
    const earlier = before.lines[index]?.returned?.done;
    if (done === undefined || done === earlier) return [];
    return [
      {
        id,
        quantityThousandths: done.quantityThousandths - (earlier?.quantityThousandths ?? 0),
        money: Number(done.money - (earlier?.money ?? 0n)),
        paidByPoints: Number(done.paidByPoints - (earlier?.paidByPoints ?? 0n)),
        earned: Number(done.earned - (earlier?.earned ?? 0n)),
      },
    ];
  });
}

/**
 * What a return would give back, by the code that makes it; writes nothing.
 * @returns the refusals of `returnPart` but those of its key
 */
export async function previewReturn(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  checkId: number,
  wish: ReturnWish,
  options: ReturnOptions = {},
): Promise<Result<ReturnAnswer & { whole: boolean }>> {
  const reading = await readForReturn(tenant, { checkId });
  if (!reading) return refuse('check_not_found');
  if (!isOf(reading, options)) return refuse('forbidden');
  const decided = await decideReturn(platform, tenant, reading, wish);
  return decided.ok ? succeed({ ...decided.value.answer, whole: decided.value.outcome.whole }) : decided;
}

/** Decides one return of a check that has been read, with everything that is written with it. */
async function decideReturn(platform: LoyaltyPlatform, tenant: Tenant, reading: CheckReading, wish: ReturnWish) {
  const { account, checkId, sale } = reading;
  const entriesSinceSale = needsHistory(account.state, sale)
    ? await selectEntriesFrom(tenant, account.accountId, reading.entrySequence)
    : [];
  const now = platform.clock.now();
  const rules = await platform.rules.of(tenant, account.rules, now);
  // A version of the rules bears its own number, which the sale keeps.
  const saleRules =
    sale.earning === null && sale.partner === undefined
      ? rules
      : await platform.rules.version(tenant, Number(sale.rulesId));
  const unusedRewards = await unusedRewardsOf(tenant, account.accountId, account.state, sale);
  const command = { kind: 'return_check', sale, entriesSinceSale, saleRules, unusedRewards, ...wish } as const;
  const decision = decide(account.state, command, rules, now);
  if (!decision.ok) return { ok: false as const, refusal: toRefusal(decision) };
  const { outcome } = decision;
  const { accountId } = account;
  const friend = { accountId, state: decision.state, sale: outcome.sale, entries: decision.entries, rules, now };
  const referral = account.referral === 'qualified' ? await undoByReturn(tenant, friend) : null;
  const { state } = referral ?? decision;
  const answer: ReturnAnswer = {
    checkId,
    accountId,
    moneyBack: Number(outcome.refund),
    ...answerOfReturnedOffers(outcome.offers),
    ...(outcome.toDeposit === 0n ? {} : { depositBack: Number(outcome.toDeposit) }),
    ...(outcome.cards.length === 0 ? {} : { cards: outcome.cards.map(describeReturned) }),
    ...(outcome.withdrawn.length === 0 ? {} : { rewardsWithdrawn: outcome.withdrawn.length }),
    pointsBack: Number(outcome.givenBack),
    clawedBack: Number(outcome.clawedBack),
    balance: Number(state.available),
    debt: Number(state.debt),
    level: levelOf(state, rules).name,
  };
  return succeed({ answer, outcome, entries: decision.entries, state, referral, rules, saleRules, now });
}

/** Decides and writes one return of a check that has been read. */
async function makeReturn<T>(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  reading: CheckReading,
  wish: ReturnWish,
  tellAnswer: (returned: Returned) => Told<T>,
): Promise<Attempt<T>> {
  const decided = await decideReturn(platform, tenant, reading, wish);
  if (!decided.ok) return decided;
  const { answer, outcome, entries, state, referral, rules, saleRules, now } = decided.value;
  const { account, checkId, sale } = reading;
  const { accountId, version } = account;
  const stored = withBalances(account.state, [...entries, ...(referral?.entries ?? [])]);
  const accountWrite = { accountId, version, state, rules, checkId, stored, now };
  const status = outcome.whole ? 'returned' : 'partly_returned';
  const check = { sale: outcome.sale, status, answer } as const;
  const { venueCode } = reading;
  const entrySequence = entries.find(({ kind }) => kind === 'turnover')?.id ?? null;
  const told = tellAnswer({ before: sale, outcome, answer, now, entrySequence });
  const companions: CompanionWrite[] = [
    ...companionsOfReturnedOffers(sale, outcome.offers, rules, { checkId, now }),
    ...companionsOfWithdrawn(outcome.withdrawn, accountId),
    ...companionsOfReturn(sale, outcome.sale, saleRules, { checkId, accountId, venueCode, now }),
    ...budgetsOfReturn(account.programmeId, outcome),
    ...(referral?.companions ?? []),
    ...told.companions,
  ];
  const written = await writeTogether(tenant, (queryable) => writeReturn(queryable, accountWrite, check), companions);
  return written ? succeed(told.answer) : 'lost_race';
}

const describeReturned = ({ wallet, takenBack, stamps, debt }: StampsReturned) => ({
  wallet,
  takenBack: Number(takenBack),
  stamps: Number(stamps),
  debt: Number(debt),
});

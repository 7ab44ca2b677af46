import { type ErrorCode, type Result, refuse, succeed } from '@tessera/contract';
import type {
  AccountState,
  CaptureHold,
  CheckLine,
  DepositPayment,
  RegisterCheck,
  Rules,
  SaleOutcome,
  SaleRecord,
} from '@tessera/loyalty';
import { decide, levelOf } from '@tessera/loyalty';
import { sha256 } from '../../platform/crypto/index.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { readForSale, type SaleReading, writeSale } from './checks.store.ts';
import { companionsOfSale, ownerOfVenue } from './coalition/settle-points.ts';
import { type CompanionWrite, writeTogether } from './companions.ts';
import { type EarnSaleFacts, earnFactsOf } from './earning/sale-facts.ts';
import { budgetsOfSale } from './earning/settle-budgets.ts';
import type { LoyaltyPlatform } from './loyalty-platform.ts';
import { type CheckSource, type SaleAnswer, toRefusal, withBalances } from './model.ts';
import { type Brought, bringOffers, type OfferWish } from './offers/bring-offers.ts';
import { normaliseCode } from './offers/model.ts';
import { answerOfOffers, checkFactsOf, offersOf, refuseNamed } from './offers/offers-of-check.ts';
import { companionsOfOffers } from './offers/use-offers.ts';
import { documentOf } from './receipts/document-of-check.ts';
import { qualifyBySale } from './referral/qualify-by-sale.ts';
import { type Attempt, untilWritten } from './until-written.ts';
import { describeCards, describeRewards } from './wallets/describe-wallets.ts';
import { companionsOfRewards } from './wallets/rewards.ts';

/** A sale as a till tells it. Amounts are minor units. */
export type Sale = {
  accountId: number;
  source: CheckSource;
  /** The caller's own number of the check: the natural key, unique for ever within the source. */
  externalId: string;
  /** The till's clock; now when it does not say. */
  occurredAt?: Temporal.Instant | undefined;
  spend: bigint;
  /** A part of the money that a deposit of the guest pays. */
  deposit?: DepositPayment | undefined;
  discount?: bigint | undefined;
  /** Points fixed by the caller; absent earns by the rules. */
  accrual?: bigint | undefined;
  number?: string | undefined;
  venueCode?: number | undefined;
  stationCode?: number | undefined;
  /** What rules know the way of the sale by; the source when it does not say. */
  channel?: string | undefined;
  details?: string | undefined;
  /** How the till calls the lines, by their ids. */
  lineNames?: Readonly<Record<string, string>> | undefined;
  /** The hold that this check captures: `spend` comes out of it, the rest of it goes back. */
  holdKey?: string | undefined;
  /** The code of its fiscal receipt, so that the guest cannot send the receipt as well. What does not read is left. */
  fiscalQr?: string | undefined;
} & OfferWish &
  (
    | { mode: 'reported'; money: bigint; lines?: readonly CheckLine[] | undefined }
    | { mode: 'priced'; total: bigint; lines?: undefined }
    | { mode: 'priced'; lines: readonly CheckLine[]; total?: undefined }
  );

export type SaleOptions = {
  /** What a used key with other sums is called, or that it shall get the first answer (old integrators). */
  onReusedKey?: Extract<ErrorCode, 'check_guid_reused' | 'idempotency_mismatch'> | 'first_answer';
  /** What is written together with the check: all or nothing. */
  alongside?: (written: { checkId: number; sale: SaleRecord; state: AccountState }) => readonly CompanionWrite[];
};

/**
 * Registers a sale: spends, earns, counts the turnover, moves the level; once for one key, however often it is sent.
 * Two round trips: one read, one guarded write.
 * @returns the first answer to this key; or account_not_found, account_blocked, insufficient_points, over_spend_limit,
 *   below_minimum, amount_invalid, check_empty, lines_do_not_sum, check_guid_reused, idempotency_mismatch, in_progress;
 *   hold_gone, hold_expired, over_hold; for its coupons and its certificate coupon_…, already_used, not_with_points,
 *   certificate_…; for a deposit unknown_wallet, insufficient_deposit, deposit_exceeds_due
 */
export async function registerCheck(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  sale: Sale,
  options: SaleOptions = {},
): Promise<Result<SaleAnswer>> {
  const fingerprint = fingerprintOf(sale);
  const result = await platform.inTurn(`${tenant.companyId}:${sale.accountId}`, () =>
    untilWritten(() => attemptSale(platform, tenant, sale, fingerprint, options)),
  );
  platform.metrics.checks.inc({ kind: 'sale', result: result.ok ? 'ok' : result.refusal.code });
  if (result.ok) platform.wake();
  return result;
}

async function attemptSale(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  sale: Sale,
  fingerprint: Buffer,
  { onReusedKey = 'idempotency_mismatch', alongside }: SaleOptions,
): Promise<Attempt<SaleAnswer>> {
  const reading = await readForSale(platform.database, tenant, sale);
  if (!reading) return refuse('account_not_found');
  const { existing } = reading;
  if (existing) {
    if (onReusedKey === 'first_answer' || existing.fingerprint.equals(fingerprint)) return succeed(existing.answer);
    const {
      coupons: _coupons,
      certificate: _certificate,
      cards: _cards,
      rewards: _rewards,
      ...first
    } = existing.answer;
    return refuse(onReusedKey, first);
  }
  const { account, checkId } = reading;
  const now = platform.clock.now();
  const rules = await platform.rules.of(tenant, account.rules, now);
  const owner = await ownerOfVenue(tenant, rules, sale.venueCode);
  const facts = await earnFactsOf(tenant, rules, account, {
    venueCode: sale.venueCode,
    channel: sale.channel ?? sale.source,
  });
  const seen = { ...checkFactsOf(sale, now), ...facts.context };
  const brought = await bringOffers(platform, tenant, account, rules, sale, seen);
  if (!brought.ok) return brought;
  const refused = refuseNamed(brought.value);
  if (refused) return refused;
  const found = { checkId, partner: owner?.partner ?? undefined, ...facts };
  const command = commandOf(sale, found, brought.value, now);
  const decision = decide(account.state, command, rules, now);
  if (!decision.ok) return { ok: false, refusal: toRefusal(decision) };
  const { outcome } = decision;
  const friend = { accountId: account.accountId, state: decision.state, sale: outcome.sale, rules, now };
  const referral = account.referral === 'registered' ? await qualifyBySale(platform, tenant, friend) : null;
  const { state } = referral ?? decision;
  const answer = {
    ...answerOf(reading, outcome, state, rules),
    ...answerOfOffers(brought.value),
    ...answerOfWallets(outcome),
  };
  const accountWrite = {
    accountId: account.accountId,
    version: account.version,
    state,
    rules,
    checkId,
    stored: withBalances(account.state, [...decision.entries, ...(referral?.entries ?? [])]),
    now,
  };
  const check = {
    source: sale.source,
    externalId: sale.externalId,
    fingerprint,
    number: sale.number ?? '',
    venueCode: sale.venueCode ?? null,
    stationCode: sale.stationCode ?? null,
    details: sale.details ?? null,
    lineNames: sale.lineNames ?? null,
    sale: outcome.sale,
    answer,
  };
  const { accountId } = account;
  const written = { checkId, accountId, venueCode: check.venueCode, now };
  const companions: CompanionWrite[] = [
    ...companionsOfOffers(brought.value, rules, { checkId, accountId, key: sale.externalId, now }),
    ...companionsOfRewards(outcome.rewards, { accountId, now, rules, random: platform.random }),
    ...companionsOfSale(outcome, owner, rules, written),
    ...budgetsOfSale(account.programmeId, outcome),
    ...(referral?.companions ?? []),
    ...documentOf(sale, checkId, now),
    ...(alongside?.({ checkId, sale: outcome.sale, state }) ?? []),
  ];
  const done = await writeTogether(tenant, (queryable) => writeSale(queryable, accountWrite, check), companions);
  return done ? succeed(answer) : 'lost_race';
}

type FoundFacts = { checkId: number; partner: string | undefined } & EarnSaleFacts;

function commandOf(
  sale: Sale,
  { checkId, ...found }: FoundFacts,
  brought: Brought | null,
  now: Temporal.Instant,
): RegisterCheck | CaptureHold {
  const { spend, deposit, accrual, occurredAt = now, holdKey } = sale;
  const applied = brought?.applied ?? null;
  const discount = applied === null ? sale.discount : (sale.discount ?? 0n) + applied.discount;
  const money = { spend, deposit, accrual, discount };
  const offers = offersOf(brought);
  const kind = holdKey === undefined ? { kind: 'register_check' as const } : { kind: 'capture' as const, key: holdKey };
  const facts = { ...kind, checkId: String(checkId), occurredAt, ...found, ...money, ...(offers ? { offers } : {}) };
  if (sale.mode === 'reported') return { ...facts, mode: 'reported', money: sale.money, lines: sale.lines };
  const lines = applied?.lines ?? sale.lines;
  return lines ? { ...facts, mode: 'priced', lines } : { ...facts, mode: 'priced', total: sale.total as bigint };
}

function answerOf(
  { account, checkId }: SaleReading,
  { sale, levelBefore, levelAfter }: SaleOutcome,
  state: AccountState,
  rules: Rules,
): SaleAnswer {
  const level = levelOf(state, rules).name;
  return {
    checkId,
    accountId: account.accountId,
    money: Number(sale.money),
    spent: Number(sale.spent),
    accrued: Number(sale.earned),
    balance: Number(state.available),
    level,
    ...(sale.discount > 0n ? { discount: Number(sale.discount) } : {}),
    levelReached: levelAfter === levelBefore ? null : level,
  };
}

/** What a sale answers about stamps and a deposit; nothing in a programme without them. */
function answerOfWallets({ sale, cards, rewards }: SaleOutcome): Pick<SaleAnswer, 'deposit' | 'cards' | 'rewards'> {
  const deposit = sale.wallets?.deposit ?? null;
  return {
    ...(deposit === null ? {} : { deposit: Number(deposit.amount) }),
    ...(cards.length === 0 ? {} : { cards: describeCards(cards) }),
    ...(rewards.length === 0 ? {} : { rewards: describeRewards(rewards) }),
  };
}

/**
 * What must be the same for two calls to be the same call: the account and every amount, not the texts. What ProBonus
 * tells in `checkData` is a text.
 */
function fingerprintOf(sale: Sale): Buffer {
  const lines = sale.source === 'probonus' ? [] : (sale.lines?.map(describeLine) ?? []);
  const amounts = sale.mode === 'reported' ? [sale.money, ...lines] : sale.lines ? lines : [sale.total];
  const facts: unknown[] = [
    sale.mode,
    sale.accountId,
    sale.spend,
    sale.accrual ?? '-',
    sale.discount ?? 0n,
    ...amounts,
  ];
  if (sale.holdKey !== undefined) facts.push('hold', sale.holdKey);
  if (sale.deposit) facts.push('deposit', sale.deposit.wallet, sale.deposit.amount);
  if (sale.coupons?.length) facts.push('coupons', ...sale.coupons.map(normaliseCode).sort());
  if (sale.certificate) facts.push('certificate', normaliseCode(sale.certificate.code), sale.certificate.amount ?? '-');
  return sha256(facts.map(String).join('\n'));
}

const describeLine = (line: CheckLine): string => `${line.id}:${line.amount}:${line.quantityThousandths ?? 1000}`;

import { sumOf } from './amounts.ts';
import type { EpochMs } from './business-day.ts';
import { linesOfCheck } from './check-input.ts';
import { originAt } from './coalition/clearing.ts';
import { afterDiscount, cardHolderOf } from './coalition/discount.ts';
import type { CheckToRegister, SaleOutcome } from './command.ts';
import type { DayCount } from './day-counts.ts';
import { countsDays, dayNameOf } from './day-counts.ts';
import { applyDue } from './due.ts';
import { credit, debit, transfer } from './entry.ts';
import type { Activity } from './expiry.ts';
import type { Hold } from './hold.ts';
import { backIntoLots, divideHold } from './hold-steps.ts';
import { nextLot, openingOf } from './issue-lot.ts';
import { indexByMeasure, levelOf, raiseLevel } from './levels/climb.ts';
import { countChange, measureOf, measureOfCheck } from './levels/measure.ts';
import type { LadderChange } from './levels/standing.ts';
import type { LotTerms } from './lots.ts';
import { refuseOffers, saleOffersOf } from './offers/in-sale.ts';
import type { Operation } from './operation.ts';
import { record } from './operation.ts';
import type { PricedCheck, SpendSource } from './pricing.ts';
import { priceCheck, refuseMoreThan, refuseSpend, spendSourceOf } from './pricing.ts';
import type { Refusal } from './refusal.ts';
import { refusal } from './refusal.ts';
import type { LotUse } from './sale-record.ts';
import { takePoints } from './take-points.ts';
import { rememberEarning, tallyChangeOf, tallyOfSale } from './tally/sale-tally.ts';
import type { TallyChange } from './tally/tally.ts';
import type { EarnedPiece } from './terms/earned-pieces.ts';
import { piecesOf } from './terms/earned-pieces.ts';
import { termsOfEarned } from './terms/lot-terms.ts';
import type { Slides } from './terms/slide.ts';
import { slidesBy } from './terms/slide.ts';
import { payFromDeposit, refuseDeposit } from './wallets/deposit.ts';
import { giveStamps } from './wallets/give-stamps.ts';

/**
 * Registers a sale: spends, earns by the level held before it, counts the turnover, moves the level. With `holdKey` it
 * is the capture of that hold.
 */
export function registerCheck(
  operation: Operation,
  command: CheckToRegister,
  holdKey: string | null,
): SaleOutcome | Refusal {
  const { state, rules } = operation;
  const asked = linesOfCheck(command, rules, operation.nowMs);
  if (asked.refusal !== null) return asked.refusal;
  if (state.blocked) return refusal('account_blocked');
  const source = spendSourceOf(state, holdKey, rules, operation.nowMs);
  if ('code' in source) return source;
  const found =
    command.mode === 'priced' && !command.offers?.applied
      ? afterDiscount(asked.lines, cardHolderOf(state, rules), command.context?.venue, rules)
      : { lines: asked.lines, discount: 0n, found: null };
  const refused =
    command.mode === 'reported'
      ? refuseMoreThan(source, command.spend)
      : refuseSpend(command.spend, source, found.lines, rules);
  if (refused !== null) return refused;
  // A till whose clock runs ahead must not make its guests wait for their points.
  const earnedAt = Math.min(command.occurredAt.epochMilliseconds, operation.nowMs);
  const where = { at: earnedAt, context: command.context ?? {}, budgets: command.budgets ?? [] };
  const priced = priceCheck(state, found.lines, command.spend, command.accrual, where, rules);
  const unpaid = refuseDeposit(state, command.deposit, priced.money, rules);
  if (unpaid !== null) return unpaid;
  const refusedOffers = refuseOffers(command.offers, priced.money - (command.deposit?.amount ?? 0n), command.spend);
  if (refusedOffers !== null) return refusedOffers;
  const fixed = command.accrual !== undefined;
  const before = {
    turnover: state.turnover,
    level: priced.level.id,
    measure: measureOf(state, rules, earnedAt),
    byMeasure: rules.levels[indexByMeasure(state, rules)]!.id,
  };
  const counted = countsDays(rules)
    ? { earnedOn: dayNameOf(earnedAt, rules), spentOn: dayNameOf(operation.nowMs, rules) }
    : null;
  const counts = counted === null ? [] : countsOf(counted, priced.earned, command.spend);
  const tallied = fixed ? null : tallyOfSale(priced, earnedAt, rules);
  const tally = tallied === null ? null : tallyChangeOf(tallied, rules);
  const ladder = countChange(
    state,
    rules,
    { soldAt: earnedAt, amount: measureOfCheck(rules, priced) },
    operation.nowMs,
  );
  const happened = activitiesOf(priced.earned, command.spend);
  const slides = slidesBy(state, happened, earnedAt, rules);
  const first = { turnover: priced.money, counts, visits: priced.withinVisit ? 0 : 1, tally, ladder, slides };
  const written = writeSale(operation, command, priced, source, { earnedAt, first });
  const deposit = payFromDeposit(operation, command.deposit, saleFacts(command));
  const offers = saleOffersOf(operation, command.checkId, command.offers);
  const { checkId } = command;
  raiseLevel(operation, { at: operation.nowMs, soldAt: earnedAt, checkId, parents: written.parents });
  applyDue(operation);
  const cards = giveStamps(operation, { ...saleFacts(command), earnedAt, lines: found.lines, priced: priced.lines });
  return {
    kind: 'sale',
    trace: fixed ? [] : priced.byRules.trace,
    cuts: fixed ? [] : priced.byRules.cuts,
    discount: found.found,
    drawn: tallied?.drawn ?? [],
    cards: cards.cards,
    rewards: cards.rewards,
    levelBefore: before.level,
    levelAfter: levelOf(operation.state, rules).id,
    sale: {
      checkId: command.checkId,
      occurredAt: command.occurredAt,
      recordedAt: operation.now,
      rulesId: rules.id,
      money: priced.money,
      spent: command.spend,
      earned: priced.earned,
      discount: (command.discount ?? 0n) + found.discount,
      accrualFixed: fixed,
      lines: priced.lines.map((line) => ({ ...line, returned: null })),
      uses: written.uses,
      earnedLotIds: written.earnedLotIds,
      earnEntryId: written.earnEntryId,
      spendEntryId: written.spendEntryId,
      before,
      ...(command.partner === undefined ? {} : { partner: command.partner }),
      ...(priced.withinVisit ? { withinVisit: true as const } : {}),
      earning: fixed ? null : rememberEarning(priced, found.lines, where),
      tallied,
      counted,
      offers,
      wallets: deposit === null && cards.stamps.length === 0 ? null : { stamps: cards.stamps, deposit },
      returned: null,
    },
  };
}

type WrittenSale = {
  readonly uses: readonly LotUse[];
  readonly spendEntryId: number | null;
  readonly earnEntryId: number | null;
  readonly earnedLotIds: readonly number[];
  readonly parents: readonly number[];
};

/** What the first entry of a sale counts, and what any further one of it counts. */
type FirstEntry = {
  readonly turnover: bigint;
  readonly counts: readonly DayCount[];
  readonly visits: number;
  readonly tally: TallyChange | null;
  readonly ladder: LadderChange | null;
  readonly slides: Slides | null;
};
const COUNTED: FirstEntry = { turnover: 0n, counts: [], visits: 0, tally: null, ladder: null, slides: null };

function countsOf(
  { earnedOn, spentOn }: { readonly earnedOn: string; readonly spentOn: string },
  earned: bigint,
  spent: bigint,
): readonly DayCount[] {
  const [accruals, spends] = [earned > 0n ? 1 : 0, spent > 0n ? 1 : 0];
  return [
    { day: earnedOn, earned, accruals, spent: 0n, spends: 0 },
    { day: spentOn, earned: 0n, accruals: 0, spent, spends },
  ].filter((count) => count.accruals + count.spends > 0);
}

/** The turnover is counted by the first entry of the sale; one without points has an entry for the turnover alone. */
function writeSale(
  operation: Operation,
  command: CheckToRegister,
  priced: PricedCheck,
  { hold }: SpendSource,
  { earnedAt, first }: { readonly earnedAt: EpochMs; readonly first: FirstEntry },
): WrittenSale {
  let spent: WrittenSpend | null = null;
  if (hold !== null) spent = writeCapture(operation, command, first, hold);
  else if (command.spend > 0n) spent = writeSpend(operation, command, first);
  const next = spent === null ? first : COUNTED;
  const earned = priced.earned > 0n ? writeEarn(operation, command, priced, next, spent?.entryId, earnedAt) : null;
  if (spent === null && earned === null) {
    const entry = record(operation, {
      ...saleFacts(command),
      kind: 'turnover',
      ...first,
      numbers: { money: first.turnover },
    });
    return { uses: [], spendEntryId: null, earnEntryId: null, earnedLotIds: [], parents: [entry.id] };
  }
  return {
    uses: spent?.uses ?? [],
    spendEntryId: spent?.entryId ?? null,
    earnEntryId: earned?.entryId ?? null,
    earnedLotIds: earned?.lotIds ?? [],
    parents: [spent?.entryId, earned?.entryId].filter((id) => id !== undefined),
  };
}

function saleFacts(command: CheckToRegister): { checkId: string; occurredAtMs: number } {
  return { checkId: command.checkId, occurredAtMs: command.occurredAt.epochMilliseconds };
}

type WrittenSpend = { readonly entryId: number; readonly uses: readonly LotUse[] };

/** Spends held points in the order in which they were locked; what is left of them goes back in the same entry. */
function writeCapture(operation: Operation, command: CheckToRegister, first: FirstEntry, hold: Hold): WrittenSpend {
  const { taken, rest } = divideHold(hold, command.spend);
  const released = hold.amount - command.spend;
  const entry = record(operation, {
    ...saleFacts(command),
    kind: 'capture',
    postings: [
      debit('held', hold.amount),
      ...(command.spend > 0n ? [credit('redeemed', command.spend)] : []),
      ...(released > 0n ? [credit('available', released)] : []),
    ],
    lots: backIntoLots(operation.state, rest),
    hold: { key: hold.key, end: 'captured' },
    ...first,
    parents: [hold.openedBy],
    numbers: { spent: command.spend, released, money: first.turnover },
    texts: { key: hold.key },
  });
  return { entryId: entry.id, uses: taken.map(({ terms, amount }) => ({ terms, amount, givenBack: 0n })) };
}

function writeSpend(operation: Operation, command: CheckToRegister, first: FirstEntry): WrittenSpend {
  const { uses, lots } = takePoints(operation, command.spend);
  const entry = record(operation, {
    ...saleFacts(command),
    kind: 'spend',
    postings: transfer('available', 'redeemed', command.spend),
    lots,
    ...first,
    parents: uses.map((use) => use.terms.openedBy),
    numbers: { spent: command.spend, money: first.turnover },
  });
  return { entryId: entry.id, uses };
}

function writeEarn(
  operation: Operation,
  command: CheckToRegister,
  priced: PricedCheck,
  first: FirstEntry,
  spendEntryId: number | undefined,
  earnedAt: EpochMs,
): { entryId: number; lotIds: readonly number[] } {
  const fixed = command.accrual !== undefined;
  const lots = earnedLots(operation, command, piecesOf(priced, fixed, operation.rules), earnedAt, first.slides);
  const active = sumOf(lots, (lot) => (isUsable(lot, operation) ? lot.original : 0n));
  const pending = priced.earned - active;
  const entry = record(operation, {
    ...saleFacts(command),
    kind: 'earn',
    postings: [
      debit('issued:purchase', priced.earned),
      ...(active > 0n ? [credit('available', active)] : []),
      ...(pending > 0n ? [credit('pending', pending)] : []),
    ],
    lots: lots.map((lot) => openingOf(lot, isUsable(lot, operation))),
    ...first,
    parents: spendEntryId === undefined ? [] : [spendEntryId],
    ...explainEarn(priced, fixed),
  });
  return { entryId: entry.id, lotIds: lots.map((lot) => lot.id) };
}

function isUsable({ awaits, activatesAtMs }: LotTerms, { nowMs }: Operation): boolean {
  return awaits === undefined && activatesAtMs <= nowMs;
}

/** One lot for all that has the terms of the programme, and one for each rule that has terms of its own. */
function earnedLots(
  operation: Operation,
  { checkId, partner }: CheckToRegister,
  pieces: readonly EarnedPiece[],
  earnedAt: EpochMs,
  slid: Slides | null,
): readonly LotTerms[] {
  const origin = originAt(partner, operation.rules);
  return pieces.map(({ amount, own }, index) => {
    const terms = termsOfEarned(operation, earnedAt, own, slid);
    const lot = nextLot(operation, { original: amount, ...terms, reason: 'purchase', checkId, ...origin });
    return { ...lot, id: lot.id + index };
  });
}

function activitiesOf(earned: bigint, spent: bigint): readonly Activity[] {
  return ['visit', ...(earned > 0n ? (['earn'] as const) : []), ...(spent > 0n ? (['spend'] as const) : [])];
}

/** `by` is the caller, the rate of the level alone, or rules; then every rule that gave points stands by its id. */
function explainEarn(
  { earned, level, byRules }: PricedCheck,
  fixed: boolean,
): { numbers: Record<string, bigint>; texts: Record<string, string> } {
  const numbers: Record<string, bigint> = { earned, base: byRules.base };
  if (fixed) return { numbers, texts: { by: 'caller', level: level.id } };
  if (byRules.rateBasisPoints !== null) numbers.rateBasisPoints = BigInt(byRules.rateBasisPoints);
  if (byRules.plain) return { numbers, texts: { by: 'level', level: level.id } };
  for (const { ruleId, reason, points } of byRules.trace) if (reason === null) numbers[`rule.${ruleId}`] = points;
  for (const { budgetId, points } of byRules.drawn) numbers[`budget.${budgetId}`] = points;
  if (byRules.carried !== 0n) numbers.carried = byRules.carried;
  return { numbers, texts: { by: 'rules', level: level.id, cuts: byRules.cuts.join(' ') } };
}

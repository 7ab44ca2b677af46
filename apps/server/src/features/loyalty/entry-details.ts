import { formatDay, formatMoment, formatPoints } from '@tessera/look';
import type { EarnCut, Entry, LotTerms, Rules } from '@tessera/loyalty';
import type { Telling } from './explain.ts';

/** What a list of details needs beside what a sentence needs. */
export type DetailTelling = Telling & { timeZone: string; now: Temporal.Instant };

const LATE_MILLISECONDS = 60_000;
const CLAWBACK_PARTS = [
  'pending',
  'ownLot',
  'cancelled',
  'burned',
  'otherLots',
  'debt',
  'forgiven',
  'metInMoney',
  'kept',
];
// A limit that the engine learns does not compile until it has a sentence here.
const CUTS: Record<EarnCut, true> = {
  minimum_check: true,
  daily_count: true,
  per_line: true,
  per_check: true,
  per_day: true,
  per_week: true,
  per_month: true,
  budget: true,
  max_balance: true,
};

/**
 * What stands behind the one sentence of an entry: the rules that gave points, the lots they came from or went into, where
 * a clawback took them, which bound a level has.
 * @param parents the entries that led to it; they know the terms of the lots
 */
export function detailsOf(entry: Entry, parents: readonly Entry[], rules: Rules, telling: DetailTelling): string[] {
  // Lots of stamps and of money are no points.
  if (entry.wallet !== null) return lateness(entry, telling);
  return [
    ...ruleDetails(entry, rules, telling),
    ...openedLots(entry, telling),
    ...usedLots(entry, parents, telling),
    ...(entry.kind === 'claw_back' ? clawbackParts(entry, telling) : []),
    ...levelBound(entry, telling),
    ...lateness(entry, telling),
  ];
}

const points = (amount: bigint): string => String(amount < 0n ? -amount : amount);
const dayOf = (at: number, { language, timeZone, now }: DetailTelling): string =>
  formatDay(at, { lang: language, timeZone, now });

function ruleDetails(entry: Entry, rules: Rules, { t, language }: DetailTelling): string[] {
  const { numbers, texts } = entry.explain;
  const given = Object.entries(numbers).flatMap(([name, amount]) => {
    if (!name.startsWith('rule.')) return [];
    const id = name.slice('rule.'.length);
    const rule = rules.earning.rules.find((one) => one.id === id)?.name ?? id;
    const change = formatPoints(amount, language, { scale: rules.scale, signed: true });
    return [t('server:entry_detail.rule', { rule, change })];
  });
  const cuts = (texts.cuts ?? '').split(' ').filter((cut) => cut in CUTS);
  return [...given, ...cuts.map((cut) => t(`server:entry_detail.cut.${cut}`))];
}

function openedLots(entry: Entry, telling: DetailTelling): string[] {
  return entry.lots.flatMap(({ terms, amount }) => {
    if (terms === undefined || amount <= 0n || terms.openedBy !== entry.id) return [];
    const until = terms.expiresAtMs;
    const life = until === null ? 'forever' : 'until';
    const waits = terms.activatesAtMs > entry.recordedAt.epochMilliseconds;
    const params = { amount: points(amount), day: until === null ? '' : dayOf(until - 1, telling) };
    return [
      ...(waits ? [telling.t('server:entry_detail.usable_from', { day: dayOf(terms.activatesAtMs, telling) })] : []),
      telling.t(`server:entry_detail.lot_${life}`, params),
    ];
  });
}

function usedLots(entry: Entry, parents: readonly Entry[], telling: DetailTelling): string[] {
  const used = entry.lots.filter(({ amount }) => amount < 0n);
  if (entry.kind === 'expire') return [];
  return used.flatMap(({ lotId, amount }) => {
    const found = termsOf(lotId, parents);
    if (found === null) return [];
    const { terms, opener } = found;
    const params = {
      amount: points(amount),
      day: dayOf(opener.occurredAt.epochMilliseconds, telling),
      until: terms.expiresAtMs === null ? '' : dayOf(terms.expiresAtMs - 1, telling),
    };
    const life = terms.expiresAtMs === null ? 'forever' : 'until';
    return [telling.t(`server:entry_detail.from_lot_${life}`, params)];
  });
}

function termsOf(lotId: number, parents: readonly Entry[]): { terms: LotTerms; opener: Entry } | null {
  for (const opener of parents) {
    const terms = opener.lots.find((movement) => movement.terms?.id === lotId)?.terms;
    if (terms !== undefined) return { terms, opener };
  }
  return null;
}

function clawbackParts(entry: Entry, { t }: DetailTelling): string[] {
  return CLAWBACK_PARTS.flatMap((part) => {
    const amount = entry.explain.numbers[part] ?? 0n;
    return amount > 0n ? [t(`server:entry_detail.clawback.${part}`, { amount: points(amount) })] : [];
  });
}

function levelBound(entry: Entry, { t, currency }: DetailTelling): string[] {
  // Entries of before reasons were kept; the sentence of a later one tells its bound itself.
  const { turnover, fromTurnover } = entry.explain.numbers;
  if (entry.kind !== 'level_change' || turnover === undefined || fromTurnover === undefined) return [];
  return [
    t('server:entry_detail.level_bound', { turnover: String(turnover), fromTurnover: String(fromTurnover), currency }),
  ];
}

/** A till that was offline tells a sale later than it happened. */
function lateness(entry: Entry, { t, language, timeZone, now }: DetailTelling): string[] {
  const late = entry.recordedAt.epochMilliseconds - entry.occurredAt.epochMilliseconds;
  if (late < LATE_MILLISECONDS) return [];
  const moment = formatMoment(entry.recordedAt, { lang: language, timeZone, now });
  return [t('server:entry_detail.recorded', { moment })];
}

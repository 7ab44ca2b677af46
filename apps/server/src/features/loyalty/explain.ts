import type { Language } from '@tessera/contract/messages';
import { formatNumber } from '@tessera/look';
import type { Entry } from '@tessera/loyalty';
import type { Translate } from '../../platform/texts.ts';

/** Rates are basis points: 550 is «5,5». */
const percent = (basisPoints: bigint, language: Language): string => formatNumber(basisPoints, language, { scale: 2 });

/**
 * An entry told in one sentence with its numbers: «Начислено 50 баллов: 5 % с чека на 1 000».
 * @param levelNames names of the levels by id, for entries that speak of one
 */
export function explainEntry(
  entry: Entry,
  t: Translate,
  language: Language,
  levelNames: ReadonlyMap<string, string> = new Map(),
): string {
  const { numbers, texts } = entry.explain;
  const params: Record<string, unknown> = Object.fromEntries(
    Object.entries(numbers).map(([name, amount]) => [name, String(amount)]),
  );
  if (numbers.rateBasisPoints !== undefined) params.rate = percent(numbers.rateBasisPoints, language);
  if (entry.level !== null) params.level = levelNames.get(entry.level) ?? entry.level;
  const by = entry.kind === 'earn' && texts.by === 'caller' ? '_by_caller' : '';
  const direction = entry.kind === 'turnover' && entry.turnover < 0n ? '_back' : '';
  return t(`server:entry.${entry.kind}${by}${direction}`, params);
}

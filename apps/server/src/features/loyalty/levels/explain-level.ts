import type { Language } from '@tessera/contract/messages';
import { formatMeasure, type MeasureName } from '@tessera/look';
import { type Entry, MEASURES } from '@tessera/loyalty';

const OF_LEVEL: ReadonlySet<string> = new Set([
  'level_change',
  'level_grace',
  'level_kept',
  'pin_level',
  'unpin_level',
]);

/** Entries about levels written before reasons were kept are told by their level alone. */
export const isOfLevel = ({ kind, explain }: Entry): boolean =>
  OF_LEVEL.has(kind) && (kind !== 'level_change' || explain.texts.why !== undefined);

/** Which of the sentences of its kind tells an entry. */
export function levelVariant({ kind, explain }: Entry): string {
  const { why, lastDay } = explain.texts;
  if (kind === 'level_change' || kind === 'unpin_level') return `_${why}`;
  return kind === 'pin_level' && lastDay !== undefined ? '_until' : '';
}

/** The names, the amounts in the words of their measure, and the last day as people say it. */
export function levelParams(
  { explain }: Entry,
  { language, currency }: { language: Language; currency: string },
): Record<string, string> {
  const { numbers, texts } = explain;
  const measure = MEASURES.find((name): name is MeasureName => name === texts.measure) ?? 'turnover';
  const words = (amount: bigint | undefined) => formatMeasure(measure, amount ?? 0n, { lang: language, currency });
  const { lastDay } = texts;
  return {
    ...texts,
    measured: words(numbers.measure),
    needed: words(numbers.bound),
    ...(lastDay === undefined ? {} : { lastDay: dayInWords(lastDay, language) }),
  };
}

const dayInWords = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' })
    .format(Temporal.PlainDate.from(day).toZonedDateTime('UTC').epochMilliseconds)
    .replace(' г.', '\u00A0г.');

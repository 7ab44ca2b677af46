import type { Lang, WordForms } from './format.ts';
import { formatMoney, formatNumber, formatPoints, pluralForm } from './format.ts';

/** What carries a guest up a ladder of levels. */
export type MeasureName = 'turnover' | 'visits' | 'points_earned' | 'points_balance';

const VISITS: Readonly<Record<Lang, WordForms>> = {
  ru: { one: 'визит', few: 'визита', many: 'визитов', other: 'визита' },
  en: { one: 'visit', other: 'visits' },
};
const NBSP = '\u00A0';

/** An amount of a measure in its own words: «2 500 ₽», «3 визита», «40 баллов». Money and points are minor units. */
export function formatMeasure(
  measure: MeasureName,
  amount: bigint,
  { lang, currency, scale = 2 }: { readonly lang: Lang; readonly currency: string; readonly scale?: number },
): string {
  if (measure === 'turnover') return formatMoney(amount, currency, lang);
  if (measure === 'visits') return `${formatNumber(amount, lang)}${NBSP}${pluralForm(amount, lang, VISITS[lang])}`;
  return formatPoints(amount, lang, { scale });
}

import english from '@tessera/contract/messages/en/till.json';
import russian from '@tessera/contract/messages/ru/till.json';
import {
  forGolosText,
  formatDay,
  formatMoment,
  formatMoney,
  formatNumber,
  formatPoints,
  type Lang,
} from '@tessera/look/format.ts';
import { createContext, useContext } from 'react';
import type { Problem } from '../api/problem.ts';
import { serverClock } from '../device/server-clock.ts';
import { type Translate, translator } from './translate.ts';

/** Points are counted in hundredths, as kopecks are. */
const POINTS_SCALE = 2;

/** How this page says things to this reader: texts, money, points, dates. */
export interface Reading {
  readonly lang: Lang;
  readonly t: Translate;
  money(minor: number): string;
  /** «62 балла» */
  points(minor: number): string;
  /** «62», where the word stands beside it. */
  pointsNumber(minor: number): string;
  /** 525 basis points: «5,25» */
  percent(basisPoints: number): string;
  day(instant: string): string;
  moment(instant: string | number): string;
  problem(problem: Problem): string;
  readonly separators: { readonly group: string; readonly decimal: string };
  readonly currency: string;
}

export function reading(lang: Lang, company: { currency: string; timeZone: string }): Reading {
  const t = translator(lang === 'ru' ? russian : english, lang);
  const when = () => ({ lang, timeZone: company.timeZone, now: serverClock.now() });
  return {
    lang,
    t,
    money: (minor) => forGolosText(formatMoney(BigInt(minor), company.currency, lang)),
    points: (minor) => forGolosText(formatPoints(BigInt(minor), lang, { scale: POINTS_SCALE })),
    pointsNumber: (minor) =>
      forGolosText(formatNumber(BigInt(minor), lang, { scale: POINTS_SCALE, wholeOrFull: true })),
    percent: (basisPoints) => formatNumber(BigInt(basisPoints), lang, { scale: 2 }),
    day: (instant) => formatDay(instant, when()),
    moment: (instant) => formatMoment(instant, when()),
    problem: (problem) => sayProblem(problem, t),
    separators: { group: '\u00a0', decimal: lang === 'ru' ? ',' : '.' },
    currency: company.currency,
  };
}

function sayProblem(problem: Problem, t: Translate): string {
  if (problem.message !== '') return problem.message;
  if (problem.kind === 'refused') return t('problem.broken');
  const texts = {
    offline: 'problem.offline',
    timeout: 'problem.timeout',
    broken: 'problem.broken',
    busy: 'problem.busy',
  } as const;
  return t(texts[problem.code]);
}

const ReadingContext = createContext<Reading>(reading('ru', { currency: 'RUB', timeZone: 'UTC' }));
export const ReadingProvider = ReadingContext.Provider;
export const useReading = (): Reading => useContext(ReadingContext);

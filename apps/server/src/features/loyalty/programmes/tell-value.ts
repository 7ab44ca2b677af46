import { formatNumber } from '@tessera/look';
import type { SettingRecord, SettingValue } from '@tessera/loyalty';
import { dayOf, percentOf, type Telling, tell, textOf, withPercent } from './telling.ts';

/** How the value of a setting is told, by the end of the setting's name. */
const UNITS: readonly {
  readonly pattern: RegExp;
  readonly unit: 'percent' | 'money' | 'points' | 'instant' | 'weekdays';
}[] = [
  { pattern: /BasisPoints$|basisPoints$/, unit: 'percent' },
  { pattern: /fromTurnover$|minMoney$|minCheck$/, unit: 'money' },
  { pattern: /^spendLimits\.(maxPerCheck|maxPerDay|step|minRedeem)$/, unit: 'points' },
  { pattern: /^earning\.caps\.(per|max)/, unit: 'points' },
  { pattern: /(from|until)Ms$/, unit: 'instant' },
  { pattern: /weekdays$/, unit: 'weekdays' },
];

type Whole = (value: SettingRecord, telling: Telling) => string | null;

const bigintOf = (value: SettingValue | undefined): bigint => BigInt((value ?? 0) as bigint | number);

function termOf(unit: 'days' | 'months' | 'hours', count: SettingValue | undefined, telling: Telling): string {
  return tell(telling, `term.${unit}`, { count: Number(count) });
}

const expiry: Whole = (value, telling) => {
  const { kind } = value;
  if (kind === 'dates') return tell(telling, 'expiry.dates', { dates: yearDaysOf(value, telling) });
  const unit = value.unit === 'days' ? 'days' : 'months';
  if (kind === 'never') return tell(telling, 'expiry.never');
  if (kind === 'sliding') return tell(telling, 'expiry.sliding', { term: termOf(unit, value.length, telling) });
  if (kind === 'instant') {
    const at = Temporal.Instant.fromEpochMilliseconds(Number(value.atMs));
    return tell(telling, 'expiry.dates', { dates: dayOf(at, telling) });
  }
  if (kind !== 'period') return null;
  const term = termOf(unit, value.length, telling);
  const until = textOf(telling, `term.roundUpTo.${String(value.roundUpTo)}`);
  return tell(telling, 'expiry.period', { term: until ? tell(telling, 'term.rounded', { term, until }) : term });
};

/** Settings that are told as one thing. */
const WHOLE: Readonly<Record<string, Whole>> = {
  expiry,
  'wallets.expiry': expiry,
  activationDelay: delay,
  'earning.rules.terms.activationDelay': delay,
  'earning.rules.terms.expiry': expiry,
  welcome: gift,
  birthday: gift,
  'returnPolicy.shortage': (value, telling) => {
    const { kind, ceiling } = value;
    if (kind === 'debt' && typeof ceiling === 'bigint') {
      return tell(telling, 'shortage.debt_ceiling', { ceiling: String(ceiling) });
    }
    return textOf(telling, `shortage.${String(kind)}`);
  },
  'returnPolicy.expiredLot': (value, telling) =>
    textOf(telling, `expiredLot.${String(value.kind)}`, { term: termOf('days', value.days, telling) }),
  'earning.checkSize': (value, telling) =>
    (value.steps as readonly SettingRecord[])
      .map((step) =>
        tell(telling, 'checkSize.step', {
          from: String(step.from),
          rate: percentOf(bigintOf(step.rateBasisPoints), telling),
        }),
      )
      .join(', '),
  'earning.rules.items': (value) =>
    [...(value.items as readonly string[]), ...(value.groups as readonly string[])].join(', '),
  'earning.rules.effect': (value, telling) =>
    textOf(telling, `effect.${String(value.kind)}`, {
      rate: percentOf(bigintOf(value.rateBasisPoints), telling),
      times: formatNumber(bigintOf(value.timesThousandths), telling.language, { scale: 3 }),
      points: String(value.points ?? 0),
    }),
  'earning.rules.condition.hours': (value, telling) => tell(telling, 'hours', { from: value.from, to: value.to }),
  'wallets.earn': (value, telling) => {
    const amount = bigintOf(value.minCheck ?? value.amount);
    const key = value.per === 'visit' && amount > 0n ? 'visit_min' : String(value.per);
    return textOf(telling, `earn.${key}`, { amount: String(amount), currency: telling.currency });
  },
  'wallets.milestones.reward': (value, telling) =>
    textOf(telling, `reward.${String(value.kind)}`, { points: String(value.points ?? 0) }),
};

function delay(value: SettingRecord, telling: Telling): string | null {
  const { kind, cancelAfterDays } = value;
  if (kind === 'days') return tell(telling, 'delay.days', { term: termOf('days', value.days, telling) });
  if (kind === 'hours') return tell(telling, 'delay.hours', { term: termOf('hours', value.hours, telling) });
  if (kind === 'dates') return tell(telling, 'delay.dates', { dates: yearDaysOf(value, telling) });
  if (kind === 'event' && typeof cancelAfterDays === 'number') {
    return tell(telling, 'delay.event_cancel', { term: termOf('days', cancelAfterDays, telling) });
  }
  return textOf(telling, `delay.${String(kind)}`);
}

/** «31 декабря, 30 июня». */
function yearDaysOf({ dates }: SettingRecord, { language }: Telling): string {
  const format = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  const days = dates as readonly { readonly month: number; readonly day: number }[];
  return days.map(({ month, day }) => format.format(Date.UTC(2028, month - 1, day))).join(', ');
}

function gift(value: SettingRecord, telling: Telling): string | null {
  if (value.amount === undefined) return null;
  const amount = String(value.amount);
  const days = value.lifetimeDays ?? null;
  if (days === null) return tell(telling, 'gift.amount', { amount });
  return tell(telling, 'gift.term', { amount, term: termOf('days', days, telling) });
}

/** The value of a setting in words; `null` where there are none for it. */
export function tellValue(setting: string, value: SettingValue, telling: Telling): string | null {
  if (value === null) return tell(telling, 'nothing');
  const whole = WHOLE[setting];
  if (whole && typeof value === 'object' && !Array.isArray(value)) return whole(value as SettingRecord, telling);
  if (Array.isArray(value)) return tellList(setting, value, telling);
  if (typeof value === 'object') return null;
  if (typeof value === 'boolean') return tell(telling, value ? 'yes' : 'no');
  if (typeof value === 'string') return textOf(telling, `word.${setting.replaceAll('.', '_')}.${value}`) ?? value;
  return tellNumber(setting, value, telling);
}

function tellList(setting: string, values: readonly SettingValue[], telling: Telling): string | null {
  const texts = values.map((value) => tellValue(setting, value, telling));
  return texts.includes(null) ? null : texts.join(', ');
}

function tellNumber(setting: string, value: number | bigint, telling: Telling): string {
  const unit = UNITS.find(({ pattern }) => pattern.test(setting))?.unit;
  switch (unit) {
    case 'percent':
      return withPercent(value, telling);
    case 'money':
      return telling.t('rules:amount.money', { amount: String(value), currency: telling.currency });
    case 'points':
      return telling.t('rules:amount.points', { amount: String(value) });
    case 'instant':
      return dayOf(Temporal.Instant.fromEpochMilliseconds(Number(value)), telling);
    case 'weekdays':
      return tell(telling, `weekdays.${value}`);
    default:
      return formatNumber(BigInt(value), telling.language);
  }
}

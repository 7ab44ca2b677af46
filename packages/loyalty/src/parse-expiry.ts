import type { YearDay } from './business-day.ts';
import { ROUND_UP_TO } from './business-day.ts';
import type { Expiry } from './expiry.ts';
import type { Field, RulesProblem } from './rules-reader.ts';
import { MAX_DAYS, readRoot } from './rules-reader.ts';

/** Reads a term that does not slide; 12 months where nothing is said. */
export function readExpiry(field: Field): Expiry {
  const kind = field.oneOf('kind', ['period', 'never', 'dates', 'instant'], 'period');
  if (kind === 'dates') return readDates(field);
  if (kind === 'instant') return readInstant(field);
  const expiry: Expiry =
    kind === 'never'
      ? { kind }
      : {
          kind,
          length: field.integer('length', 1, MAX_DAYS, 12),
          unit: field.oneOf('unit', ['days', 'months'], 'months'),
          roundUpTo: field.oneOf('roundUpTo', ROUND_UP_TO, 'day'),
          countFrom: field.oneOf('countFrom', ['activation', 'earning'], 'activation'),
        };
  field.refuseUnknown();
  return expiry;
}

function readInstant(field: Field): Expiry {
  const atMs = field.instant('at');
  if (atMs === null) field.problem('at', 'missing', 'instant, such as 2026-12-01T00:00:00+03:00');
  field.refuseUnknown();
  return { kind: 'instant', atMs: atMs ?? 0 };
}

function readDates(field: Field): Expiry {
  const expiry: Expiry = {
    kind: 'dates',
    dates: readYearDays(field),
    leastDays: field.integer('leastDays', 0, MAX_DAYS, 0),
    countFrom: field.oneOf('countFrom', ['activation', 'earning'], 'activation'),
  };
  field.refuseUnknown();
  return expiry;
}

/** The member `dates`: days of the year such as `12-31`. */
export function readYearDays(field: Field): readonly YearDay[] {
  const names = field.texts('dates', 366);
  if (names === null) field.problem('dates', 'missing', 'days of the year, such as 12-31');
  return (names ?? []).flatMap((name): YearDay[] => {
    const [month = 0, day = 0] = /^\d\d-\d\d$/.test(name) ? name.split('-').map(Number) : [];
    // 2028 is a leap year, so that 29 February is a day.
    const valid = month >= 1 && month <= 12 && day >= 1 && day <= new Temporal.PlainDate(2028, month, 1).daysInMonth;
    if (!valid) field.problem('dates', 'unknown_value', 'days of the year, such as 12-31');
    return valid ? [{ month, day }] : [];
  });
}

/** Reads a term that an account has of its own, as `expiry` of the rules; it does not slide. */
export function parseExpiry(
  json: unknown,
): { readonly ok: true; readonly expiry: Expiry } | { readonly ok: false; readonly problems: readonly RulesProblem[] } {
  const problems: RulesProblem[] = [];
  const expiry = readExpiry(readRoot(json, problems));
  return problems.length === 0 ? { ok: true, expiry } : { ok: false, problems };
}

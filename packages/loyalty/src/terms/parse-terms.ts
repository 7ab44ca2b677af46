import type { ActivationDelay, Activity, Expiry, OwnTerms } from '../expiry.ts';
import { ACTIVITIES } from '../expiry.ts';
import { readExpiry, readYearDays } from '../parse-expiry.ts';
import type { Field } from '../rules-reader.ts';
import { MAX_DAYS } from '../rules-reader.ts';

/** Reads the term of a programme's points, which may slide; 12 months where nothing is said. */
export function readTerm(field: Field): Expiry {
  if (!field.is('kind', 'sliding')) return readExpiry(field);
  const expiry: Expiry = {
    kind: 'sliding',
    length: field.integer('length', 1, MAX_DAYS, undefined),
    unit: field.oneOf('unit', ['days', 'months'], 'days'),
    activity: readActivity(field),
  };
  field.refuseUnknown();
  return expiry;
}

/** Reads when points become usable; at once where nothing is said. */
export function readActivationDelay(field: Field): ActivationDelay {
  const kind = field.oneOf('kind', ['none', 'days', 'hours', 'next_day', 'dates', 'event', 'manual'], 'none');
  const delay = readDelay(field, kind);
  field.refuseUnknown();
  return delay;
}

function readDelay(field: Field, kind: ActivationDelay['kind'] | 'next_day'): ActivationDelay {
  switch (kind) {
    case 'next_day':
      return { kind: 'days', days: 1 };
    case 'days':
      return { kind, days: field.integer('days', 1, MAX_DAYS, undefined) };
    case 'hours':
      return { kind, hours: field.integer('hours', 1, MAX_DAYS * 24, undefined) };
    case 'dates':
      return { kind, dates: readYearDays(field) };
    case 'event': {
      const never = field.isNullOrAbsent('cancelAfterDays');
      return { kind, cancelAfterDays: never ? null : field.integer('cancelAfterDays', 1, MAX_DAYS, undefined) };
    }
    default:
      return { kind };
  }
}

/** Reads terms of their own that a rule of earning gives its points. They do not slide. */
export function readOwnTerms(field: Field): OwnTerms {
  const terms = {
    expiry: field.isNullOrAbsent('expiry') ? null : readExpiry(field.object('expiry')),
    activationDelay: field.isNullOrAbsent('activationDelay')
      ? null
      : readActivationDelay(field.object('activationDelay')),
  };
  if (terms.expiry === null && terms.activationDelay === null) {
    field.problem('', 'missing', 'expiry or activationDelay');
  }
  field.refuseUnknown();
  return terms;
}

function readActivity(field: Field): readonly Activity[] {
  const names = field.texts('activity', ACTIVITIES.length);
  if (names === null) return ACTIVITIES;
  const known = ACTIVITIES.filter((one) => names.includes(one));
  if (known.length < names.length) field.problem('activity', 'unknown_value', ACTIVITIES.join(' | '));
  return known;
}

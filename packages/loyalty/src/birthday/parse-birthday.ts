import type { Field } from '../rules-reader.ts';
import type { BirthdayGift } from './settings.ts';

/** The present for a birthday: three days before to three days after, filled a week ahead, unless it says otherwise. */
export function readBirthday(root: Field): BirthdayGift | null {
  if (root.isNullOrAbsent('birthday')) return null;
  const field = root.object('birthday');
  const gift = {
    amount: field.amount('amount', 1n, undefined),
    daysBefore: field.integer('daysBefore', 0, 60, 3),
    daysAfter: field.integer('daysAfter', 0, 60, 3),
    filledDaysAhead: field.integer('filledDaysAhead', 0, 366, 7),
  };
  field.refuseUnknown();
  return gift;
}

import type { Circumstances } from './circumstances.ts';
import type { Field } from './rules-reader.ts';

const MAX_NAMES = 1000;
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** Reads when, where and for whom something holds; absent members ask for nothing. */
export function readCircumstances(field: Field): Circumstances {
  const circumstances: Circumstances = {
    fromMs: field.instant('from'),
    untilMs: field.instant('until'),
    weekdays: readWeekdays(field),
    hours: field.isNullOrAbsent('hours') ? null : readHours(field.object('hours')),
    venues: field.texts('venues', MAX_NAMES),
    channels: field.texts('channels', MAX_NAMES),
    segments: field.texts('segments', MAX_NAMES),
    levels: field.texts('levels', MAX_NAMES),
  };
  const { fromMs, untilMs } = circumstances;
  if (fromMs !== null && untilMs !== null && untilMs <= fromMs) field.problem('until', 'not_ascending', '> from');
  return circumstances;
}

/** The member `weekdays` by their English names; 1 is Monday, `null` when absent. */
function readWeekdays(field: Field): readonly number[] | null {
  const weekdays = field.texts('weekdays', 7)?.map((name) => WEEKDAYS.indexOf(name) + 1) ?? null;
  if (weekdays?.includes(0)) field.problem('weekdays', 'unknown_value', WEEKDAYS.join(' | '));
  return weekdays;
}

/** Local times `HH:MM`, half-open. */
function readHours(field: Field): { readonly from: string; readonly to: string } {
  const hours = { from: field.timeOfDay('from', '00:00'), to: field.timeOfDay('to', '00:00') };
  field.refuseUnknown();
  return hours;
}

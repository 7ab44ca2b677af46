import type { Station, StationChange } from '@tessera/contract';

/** The form of a station as it is typed; `venueCode` and `venueName` are read where a new venue is added. */
export type StationDraft = {
  name: string;
  /** A code from the list, '' for none, or `NEW_VENUE`. */
  venue: string;
  venueCode: string;
  venueName: string;
  lockMinutes: string;
  shiftHours: string;
};
export const NEW_VENUE = 'new';
export const EMPTY: StationDraft = {
  name: '',
  venue: '',
  venueCode: '',
  venueName: '',
  lockMinutes: '10',
  shiftHours: '12',
};

export const draftOf = ({ name, venueCode, settings }: Station): StationDraft => ({
  ...EMPTY,
  name,
  venue: venueCode === null ? '' : String(venueCode),
  lockMinutes: String(settings.lockMinutes),
  shiftHours: String(settings.shiftHours),
});

const whole = (text: string, least: number, most: number): number | null =>
  /^\d{1,9}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most ? Number(text) : null;

/** What the draft stands for, and the fields that cannot be read. A new venue comes with its name. */
export function readStation(draft: StationDraft) {
  const isNew = draft.venue === NEW_VENUE;
  const venueCode = isNew ? whole(draft.venueCode, 0, 999_999_999) : draft.venue === '' ? null : Number(draft.venue);
  const lockMinutes = whole(draft.lockMinutes, 0, 240);
  const shiftHours = whole(draft.shiftHours, 1, 24);
  const wrong = new Set<keyof StationDraft>();
  if (draft.name.trim() === '') wrong.add('name');
  if (isNew && venueCode === null) wrong.add('venueCode');
  if (isNew && draft.venueName.trim() === '') wrong.add('venueName');
  if (lockMinutes === null) wrong.add('lockMinutes');
  if (shiftHours === null) wrong.add('shiftHours');
  const body: Required<StationChange> = {
    name: draft.name.trim(),
    venueCode,
    settings: { lockMinutes: lockMinutes ?? 0, shiftHours: shiftHours ?? 1 },
  };
  const venue = isNew && venueCode !== null ? { code: venueCode, name: draft.venueName.trim() } : null;
  return { body, venue, wrong: wrong as ReadonlySet<keyof StationDraft> };
}

import type { ReferralSettingsBody } from '@tessera/contract';
import { readAmount, showAmount } from '../ui/amounts.ts';

/** The form as it is typed: texts, so that nothing typed is lost while it is not right yet. */
export type Draft = {
  enabled: boolean;
  friend: string;
  friendMoment: 'at_once' | 'after_return_window';
  own: string;
  ownMoment: 'at_once' | 'after_return_window';
  upper: string;
  minimum: string;
  cap: string;
  returnDays: string;
  attributionDays: string;
  pendingDays: string;
  touch: 'first' | 'last';
  knownDevices: 'reject' | 'accept';
};
export type DraftField = keyof Draft;

export function draftOf(settings: ReferralSettingsBody, russian: boolean): Draft {
  const points = (reward: { points: number } | null | undefined) => (reward ? showAmount(reward.points, russian) : '');
  return {
    enabled: settings.enabled,
    friend: points(settings.referee),
    friendMoment: settings.referee?.moment ?? 'at_once',
    own: points(settings.referrer),
    ownMoment: settings.referrer?.moment ?? 'after_return_window',
    upper: points(settings.upperLevels[0]),
    minimum: settings.minimumCheck === 0 ? '' : showAmount(settings.minimumCheck, russian),
    cap: settings.monthlyCap === null ? '' : String(settings.monthlyCap),
    returnDays: String(settings.returnWindowDays),
    attributionDays: String(settings.attributionDays),
    pendingDays: String(settings.pendingDays),
    touch: settings.touch,
    knownDevices: settings.knownDevices,
  };
}

const wholeOf = (text: string, least: number, most: number): number | null =>
  /^\d{1,5}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most ? Number(text) : null;

/** The settings that the draft stands for, and the fields that cannot be read. */
export function settingsOf(
  draft: Draft,
  before: ReferralSettingsBody,
): { settings: ReferralSettingsBody; wrong: readonly DraftField[] } {
  const wrong: DraftField[] = [];
  const note = <T>(field: DraftField, value: T | null, fallback: T): T => {
    if (value === null) wrong.push(field);
    return value ?? fallback;
  };
  const points = (field: DraftField, text: string): number | null => {
    if (text.trim() === '') return null;
    const amount = readAmount(text);
    return note(field, amount === 0 ? null : amount, 1);
  };
  const reward = (
    field: DraftField,
    text: string,
    moment: Draft['ownMoment'],
    old: ReferralSettingsBody['referrer'],
  ) => {
    const amount = points(field, text);
    return amount === null ? null : { points: amount, moment, lifetimeDays: old?.lifetimeDays ?? null };
  };
  const upper = points('upper', draft.upper);
  const settings: ReferralSettingsBody = {
    enabled: draft.enabled,
    referee: reward('friend', draft.friend, draft.friendMoment, before.referee),
    referrer: reward('own', draft.own, draft.ownMoment, before.referrer),
    upperLevels: upper === null ? [] : [{ points: upper }, ...before.upperLevels.slice(1)],
    minimumCheck: draft.minimum.trim() === '' ? 0 : note('minimum', readAmount(draft.minimum), 0),
    monthlyCap: draft.cap.trim() === '' ? null : note('cap', wholeOf(draft.cap, 1, 10_000), 1),
    returnWindowDays: note('returnDays', wholeOf(draft.returnDays, 0, 180), 0),
    attributionDays: note('attributionDays', wholeOf(draft.attributionDays, 1, 365), 1),
    pendingDays: note('pendingDays', wholeOf(draft.pendingDays, 1, 180), 1),
    touch: draft.touch,
    knownDevices: draft.knownDevices,
  };
  return { settings, wrong };
}

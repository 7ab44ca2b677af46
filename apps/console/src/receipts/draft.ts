import type { ReceiptSettingsBody } from '@tessera/contract';
import { readAmount, showAmount } from '../ui/amounts.ts';

/** The form as it is typed. Storages stand one a line: sixteen digits, and the venue's code if it is known. */
export type Draft = {
  enabled: boolean;
  maxAgeDays: string;
  minimumSum: string;
  uploadsPerDay: string;
  storages: string;
  otherStorages: 'review' | 'reject';
  automatic: boolean;
  afterHours: string;
  maxSum: string;
  perDay: string;
  perMonth: string;
};
export type DraftField = keyof Draft;

export function draftOf(settings: ReceiptSettingsBody, russian: boolean): Draft {
  const { automatic } = settings;
  const amount = (minor: number | null | undefined) => (minor ? showAmount(minor, russian) : '');
  return {
    enabled: settings.enabled,
    maxAgeDays: String(settings.maxAgeDays),
    minimumSum: amount(settings.minimumSum),
    uploadsPerDay: String(settings.uploadsPerDay),
    storages: settings.storages.map((one) => [one.storage, one.venueCode ?? ''].join(' ').trim()).join('\n'),
    otherStorages: settings.otherStorages,
    automatic: automatic !== null,
    afterHours: String(automatic?.afterHours ?? 24),
    maxSum: amount(automatic?.maxSum),
    perDay: String(automatic?.perDay ?? 1),
    perMonth: String(automatic?.perMonth ?? 10),
  };
}

const wholeOf = (text: string, least: number, most: number): number | null =>
  /^\d{1,6}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most ? Number(text) : null;

function storagesOf(text: string): ReceiptSettingsBody['storages'] | null {
  const lines = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  const storages = lines.map((line) => {
    const match = /^(\d{16})(?:\s+(\d{1,6}))?$/.exec(line);
    return match && { storage: match[1]!, venueCode: match[2] === undefined ? null : Number(match[2]) };
  });
  return storages.every((one) => one !== null) ? storages : null;
}

/** The settings that the draft stands for, and the fields that cannot be read. */
export function settingsOf(draft: Draft): { settings: ReceiptSettingsBody; wrong: readonly DraftField[] } {
  const wrong: DraftField[] = [];
  const note = <T>(field: DraftField, value: T | null, fallback: T): T => {
    if (value === null) wrong.push(field);
    return value ?? fallback;
  };
  const maxSum = (): number | null => (draft.maxSum.trim() === '' ? null : note('maxSum', readAmount(draft.maxSum), 1));
  const settings: ReceiptSettingsBody = {
    enabled: draft.enabled,
    maxAgeDays: note('maxAgeDays', wholeOf(draft.maxAgeDays, 1, 365), 1),
    minimumSum: draft.minimumSum.trim() === '' ? 0 : note('minimumSum', readAmount(draft.minimumSum), 0),
    uploadsPerDay: note('uploadsPerDay', wholeOf(draft.uploadsPerDay, 1, 100), 1),
    storages: note('storages', storagesOf(draft.storages), []),
    otherStorages: draft.otherStorages,
    automatic: draft.automatic
      ? {
          afterHours: note('afterHours', wholeOf(draft.afterHours, 0, 720), 0),
          maxSum: maxSum(),
          perDay: note('perDay', wholeOf(draft.perDay, 1, 100), 1),
          perMonth: note('perMonth', wholeOf(draft.perMonth, 1, 1000), 1),
        }
      : null,
  };
  return { settings, wrong };
}

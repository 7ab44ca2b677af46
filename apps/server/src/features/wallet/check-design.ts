import { validateAssets } from '@tessera/pkpass';
import { MINUTES_MIN } from './changing-codes/model.ts';
import { type DesignDraft, fieldGroups, fieldLimits } from './model.ts';

/** Files of a design by their names in the bundle. */
export type DesignFiles = Readonly<Record<string, Uint8Array>>;

const FILE_NAME = /^(icon|logo|strip|thumbnail)(@[23]x)?\.png$/;
const FILE_BYTES_MAX = 1024 * 1024;
const TEXT_CHARACTERS_MAX = 10_000;

/**
 * Looks a design over before a phone refuses it without a word.
 * @returns the path of the first thing that is wrong, or null
 */
export function findDesignFault(draft: DesignDraft, fileNames: Iterable<string>): string | null {
  for (const name of ['background', 'foreground', 'label'] as const) {
    if (!/^#[0-9a-fA-F]{6}$/.test(draft.colours[name])) return `colours/${name}`;
  }
  if (draft.organizationName.trim() === '') return 'organizationName';
  if (draft.description.trim() === '') return 'description';
  if (draft.barcode && draft.barcode.message.trim() === '') return 'barcode/message';
  const seconds = draft.google?.rotatingSeconds;
  // Below half a minute a queue at the till is slower than the code.
  if (seconds !== undefined && !(Number.isInteger(seconds) && seconds >= 30 && seconds <= 300)) {
    return 'google/rotatingSeconds';
  }
  const minutes = draft.changingCode?.minutes ?? null;
  if (minutes !== null && !(Number.isInteger(minutes) && minutes >= MINUTES_MIN)) return 'changingCode/minutes';
  // Wallet refuses a card without any icon, silently.
  if (![...fileNames].some((name) => name.startsWith('icon'))) return 'images/icon.png';
  return findFieldFault(draft);
}

function findFieldFault({ fields }: DesignDraft): string | null {
  const keys = new Set<string>();
  for (const group of fieldGroups) {
    if (fields[group].length > fieldLimits[group]) return `fields/${group}`;
    for (const { key, label, value, changeMessage } of fields[group]) {
      const path = `fields/${group}/${key}`;
      // Phones compare old and new by key: one key twice and changes are told of the wrong field.
      if (!/^[A-Za-z0-9_-]{1,64}$/.test(key) || keys.has(key)) return `${path}/key`;
      keys.add(key);
      if (value.trim() === '' || value.length > TEXT_CHARACTERS_MAX || label.length > 200) return path;
      if (changeMessage !== undefined && !changeMessage.includes('%@')) return `${path}/changeMessage`;
    }
  }
  return null;
}

/** The path of the first file that does not belong into a bundle or would look bad on a phone, or null. */
export function findFileFault(files: DesignFiles): string | null {
  for (const [name, bytes] of Object.entries(files)) {
    if (!FILE_NAME.test(name) || bytes.length > FILE_BYTES_MAX) return `images/${name}`;
  }
  const fault = validateAssets(files).find(({ severity }) => severity === 'error');
  return fault ? `images/${fault.path}` : null;
}

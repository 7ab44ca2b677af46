import { validateAssets } from '@tessera/pkpass';
import { findDesignProblems } from './design/find-problems.ts';
import { isError } from './design/problem.ts';
import type { DesignDraft } from './model.ts';

/** Files of a design by their names in the bundle. */
export type DesignFiles = Readonly<Record<string, Uint8Array>>;

const FILE_NAME = /^(icon|logo|strip|thumbnail|background|artwork|primaryLogo|hero)(@[23]x)?\.png$/;
const FILE_BYTES_MAX = 1024 * 1024;

/**
 * Looks a design over before a phone refuses it without a word.
 * @returns the path of the first thing that is wrong, or null
 */
export function findDesignFault(draft: DesignDraft, fileNames: Iterable<string>, now: Temporal.Instant): string | null {
  return findDesignProblems(draft, fileNames, { now, nfcCapable: null }).find(isError)?.path ?? null;
}

/** The path of the first file that does not belong into a bundle or would look bad on a phone, or null. */
export function findFileFault(files: DesignFiles): string | null {
  for (const [name, bytes] of Object.entries(files)) {
    if (!FILE_NAME.test(name) || bytes.length > FILE_BYTES_MAX) return `images/${name}`;
  }
  const fault = validateAssets(files).find(({ severity }) => severity === 'error');
  return fault ? `images/${fault.path}` : null;
}

import { fingerprintOf } from './request.ts';

/** What a phone complains of; each kind points at one mistake of a server. */
export type DeviceLogKind =
  | 'unchanged'
  | 'ignored_if_modified_since'
  | 'no_last_modified'
  | 'unregistered_serial'
  | 'authentication'
  | 'list_unauthorized'
  | 'fetch_failed'
  | 'other';

export type DeviceLogEntry = {
  readonly kind: DeviceLogKind;
  readonly passType: string | null;
  readonly message: string;
};

const ENTRIES_MAX = 50;
const MESSAGE_CHARACTERS_MAX = 500;

/** Words of Wallet's complaints, in the order they are looked for. */
const fragments: readonly (readonly [RegExp, DeviceLogKind])[] = [
  [/pass was unchanged/i, 'unchanged'],
  [/ignored the .?if-modified-since/i, 'ignored_if_modified_since'],
  [/did not provide a .?last-modified/i, 'no_last_modified'],
  [/unregistered serial number/i, 'unregistered_serial'],
  [/get serial #?s task.*unexpected response code 401/i, 'list_unauthorized'],
  [/authentication failure/i, 'authentication'],
  [/get pass task.*unexpected response code/i, 'fetch_failed'],
];

/**
 * Reads the body of a phone's log call (Apple, "Log a message"): anything may come. Long runs of letters and digits
 * (serials, device ids, tokens) become fingerprints, since they name a person's card or open it.
 */
export function readDeviceLogs(body: unknown): DeviceLogEntry[] {
  if (typeof body !== 'object' || body === null || !('logs' in body) || !Array.isArray(body.logs)) return [];
  return body.logs
    .slice(0, ENTRIES_MAX)
    .filter((entry) => typeof entry === 'string')
    .map((entry) => readOne(entry.slice(0, 4 * MESSAGE_CHARACTERS_MAX)));
}

function readOne(text: string): DeviceLogEntry {
  // Control and formatting characters would let a caller draw on whatever shows the log.
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ');
  const kind = fragments.find(([pattern]) => pattern.test(clean))?.[1] ?? 'other';
  const passType = /\bpass\.[A-Za-z0-9.-]{1,200}/.exec(clean)?.[0].replace(/[.-]+$/, '') ?? null;
  return { kind, passType, message: hideSecrets(clean).slice(0, MESSAGE_CHARACTERS_MAX) };
}

const hideSecrets = (text: string): string =>
  text.replace(/\bpass\.[A-Za-z0-9.-]+|[A-Za-z0-9_+/=-]{20,}|(?<=serial number )\S+/g, (run) =>
    run.startsWith('pass.') ? run : `#${fingerprintOf(run)}`,
  );

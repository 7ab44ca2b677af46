/** What a phone complains of; each kind points at one mistake, of the server or of what stands before it. */
export const reportKinds = [
  'unchanged',
  'ignored_if_modified_since',
  'no_last_modified',
  'unregistered_serial',
  'list_unauthorized',
  'authentication',
  'unreadable_pass',
  'malformed_answer',
  'untrusted_server',
  'no_connection',
  'register_failed',
  'unregister_failed',
  'list_failed',
  'fetch_failed',
  'other',
] as const;
export type ReportKind = (typeof reportKinds)[number];

export type DeviceLogEntry = {
  readonly kind: ReportKind;
  readonly passType: string | null;
  /** What the phone said, without anything that names a card, a device or a person; '' where the kind says it all. */
  readonly wording: string;
};

const ENTRIES_MAX = 50;
const WORDING_CHARACTERS_MAX = 200;
const READ_CHARACTERS_MAX = 2_000;

/** Words of Wallet's complaints (Apple, "Log a message", and the field), in the order they are looked for. */
const fragments: readonly (readonly [RegExp, ReportKind])[] = [
  [/pass was unchanged/i, 'unchanged'],
  [/ignored the .?if-modified-since/i, 'ignored_if_modified_since'],
  [/did not provide a .?last-modified/i, 'no_last_modified'],
  [/unregistered serial number/i, 'unregistered_serial'],
  [/get serial #?s task.*(unexpected response code 401|authentication failure)/i, 'list_unauthorized'],
  [/authentication failure/i, 'authentication'],
  [
    /invalid data|pass (data )?(is|was) (invalid|corrupt)|failed to (parse|validate|read) (the )?pass/i,
    'unreadable_pass',
  ],
  [/malformed|wrong content type|not valid json/i, 'malformed_answer'],
  [/certificate for this server|ssl error|secure connection|server trust|tls/i, 'untrusted_server'],
  [
    /timed out|could not connect|network connection|cannot connect|hostname could not be found|offline/i,
    'no_connection',
  ],
  [/^[^:]*\bunregister task/i, 'unregister_failed'],
  [/^[^:]*\bregister task/i, 'register_failed'],
  [/get serial #?s task/i, 'list_failed'],
  [/get (latest )?pass task|get task/i, 'fetch_failed'],
];

/**
 * Reads the body of a phone's log call: anything may come, from anybody. Of what has a known meaning only the kind is
 * kept; the rest keeps its words, but neither serials, ids, tokens, numbers nor dates, which name a person's card.
 */
export function readDeviceLogs(body: unknown): DeviceLogEntry[] {
  if (typeof body !== 'object' || body === null || !('logs' in body) || !Array.isArray(body.logs)) return [];
  return body.logs
    .slice(0, ENTRIES_MAX)
    .filter((entry) => typeof entry === 'string')
    .map((entry) => readOne(entry.slice(0, READ_CHARACTERS_MAX)));
}

function readOne(text: string): DeviceLogEntry {
  // Control and formatting characters would let a caller draw on whatever shows the report.
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ');
  const withoutTime = clean.replace(/^\s*\[[^\]]{0,60}\]\s*/, '');
  const kind = fragments.find(([pattern]) => pattern.test(withoutTime))?.[1] ?? 'other';
  const passType = /\bpass\.[A-Za-z0-9.-]{1,200}/.exec(clean)?.[0].replace(/[.-]+$/, '') ?? null;
  return { kind, passType, wording: kind === 'other' ? hideNames(withoutTime) : '' };
}

/** Whatever could name somebody becomes a dot: paths behind `/v1/`, what follows "serial number", long runs, digits. */
const hideNames = (text: string): string =>
  text
    .replace(/(\/v1\/\w+\/|\/registrations(?:_attido)?\/)\S*/gi, '$1…')
    .replace(/(serial numbers?|device|token|if-modified-since)([ :=]+)[^,;)]*/gi, '$1$2…')
    .replace(/\S+@\S+/g, '…')
    .replace(/\bpass\.[A-Za-z0-9.-]+/g, (type) => type)
    .replace(/(?<![\w.])(?!pass\.)[A-Za-z0-9_+/=-]{16,}/g, '…')
    .replace(/(?<![\w.])(?!pass\.)(?=[A-Za-z-]*\d)[A-Za-z0-9-]{5,}/g, '…')
    .replace(/\d{4,}/g, '…')
    .slice(0, WORDING_CHARACTERS_MAX)
    .trim();

/** What guests and their phones do; what points and sales do is read from the ledger. The order is that of lists. */
export const eventKinds = [
  /** The link or QR code of a form, or of a menu, was opened. */
  'link_opened',
  'feedback',
  'bill_request',
  'service_request',
  'waiter_call',
  /** The page of a card was opened: what the guest sees before the card is in the phone, and after. */
  'instruction_opened',
  /** Somebody pressed the button. */
  'pass_downloaded',
  /** The phone took a newer version by itself, after a push or after it registered. */
  'pass_fetched',
  'pdf_downloaded',
  'device_registered',
  'device_unregistered',
  /** A till or an app found the card by its code. */
  'card_scanned',
  'check_in',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** The form of the card that an event speaks of. */
export const cardForms = ['apple', 'android', 'google', 'web', 'paper'] as const;
export type CardForm = (typeof cardForms)[number];

/** A family of programs, never its version: enough to see which phones come, too little to know one again. */
export type Browser = 'safari' | 'chrome' | 'yandex' | 'samsung' | 'firefox' | 'edge' | 'opera' | 'in_app' | 'other';
export type System = 'ios' | 'android' | 'windows' | 'macos' | 'linux' | 'other';

/**
 * What else is kept of an event. The list is closed on purpose: no names, numbers, addresses or texts of people, so
 * nothing here has to be found when somebody is forgotten.
 */
export type EventDetail = {
  readonly browser?: Browser;
  readonly system?: System;
  /** The network of a visit, see `networkOf`. */
  readonly network?: string;
  /** Fingerprint of a device, as lists of devices show it. */
  readonly device?: string;
  readonly venueCode?: number;
  readonly stationId?: number;
};

/** The card that an event is about; a record of a pass is one. */
export type EventCard = { readonly passId: number; readonly designId: number; readonly accountId: number };

export type NewEvent = {
  readonly kind: EventKind;
  readonly card?: EventCard | undefined;
  /** Where no card is known but whose it is. */
  readonly accountId?: number | undefined;
  readonly formId?: string | undefined;
  readonly platform?: CardForm | undefined;
  /** The tag of the link (`?from=instagram`), or the system that tells. */
  readonly source?: string | undefined;
  readonly detail?: EventDetail | undefined;
};

/** An event as it is written: one row for the same thing within an hour. */
export type EventRow = {
  readonly hour: string;
  readonly fold: string;
  readonly kind: EventKind;
  readonly at: string;
  readonly lastAt: string;
  readonly count: number;
  readonly passId: number | null;
  readonly designId: number | null;
  readonly accountId: number | null;
  readonly formId: string | null;
  readonly platform: CardForm | null;
  readonly source: string | null;
  readonly detail: EventDetail;
};

const HOUR = 3_600_000;
const SOURCE_CHARACTERS_MAX = 64;

export const hourOf = (at: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(at.epochMilliseconds / HOUR) * HOUR);

/** A tag as it is kept: letters, digits and a few signs. Anything else is no tag, and nobody is refused for it. */
export function readSource(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const tag = text.trim().toLowerCase();
  return tag.length <= SOURCE_CHARACTERS_MAX && /^[\p{L}\p{N}][\p{L}\p{N}._:-]*$/u.test(tag) ? tag : undefined;
}

/**
 * The network that an address belongs to: the first 24 bits of an IPv4 address (256 neighbours), the first 48 of an
 * IPv6 address (one customer's site at the least). The address itself is personal data and is not kept.
 */
export function networkOf(address: string): string | undefined {
  const v4 = /^(?:::ffff:)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.\d{1,3}$/i.exec(address);
  if (v4) return `${v4[1]}.${v4[2]}.${v4[3]}.0/24`;
  const bare = address.split('%')[0]!.toLowerCase();
  if (!/^[0-9a-f:]{2,39}$/.test(bare) || !bare.includes(':')) return undefined;
  const [head = '', tail] = bare.split('::');
  const first = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - rest.length);
  const groups = [...first, ...Array<string>(zeros).fill('0'), ...rest];
  const kept = groups.slice(0, 3).map((group) => Number.parseInt(group || '0', 16).toString(16));
  return groups.length === 8 ? `${kept.join(':')}::/48` : undefined;
}

const IN_APP =
  /\b(Instagram|FBAN|FBAV|FB_IAB|Line\/|MicroMessenger|VKAndroidApp|VKApp|vkclient|OKAndroid|OKiOS|TikTok|Viber|Telegram)/i;
const BROWSERS: readonly [Browser, RegExp][] = [
  ['in_app', IN_APP],
  ['yandex', /YaBrowser/i],
  ['samsung', /SamsungBrowser/i],
  ['edge', /\bEdg(?:e|A|iOS)?\//i],
  ['opera', /\bOPR\/|Opera/i],
  ['firefox', /Firefox|FxiOS/i],
  ['chrome', /Chrome|CriOS/i],
  ['safari', /Safari/i],
];
const SYSTEMS: readonly [System, RegExp][] = [
  ['ios', /iPhone|iPad|iPod/i],
  ['android', /Android/i],
  ['windows', /Windows/i],
  ['macos', /Mac OS X|Macintosh/i],
  ['linux', /Linux|CrOS/i],
];

/** Browser and system by family, from a `User-Agent`; the header itself is not kept. */
export function familyOf(userAgent: string | undefined): { browser: Browser; system: System } {
  const agent = (userAgent ?? '').slice(0, 512);
  const family = <Name extends string>(names: readonly [Name, RegExp][]) =>
    names.find(([, pattern]) => pattern.test(agent))?.[0] ?? 'other';
  return { browser: family(BROWSERS), system: family(SYSTEMS) };
}

/** What makes two events one row: everything but the moment within the hour and the device. */
export const foldKeyOf = (row: Omit<EventRow, 'fold' | 'count' | 'at' | 'lastAt'>): string =>
  JSON.stringify([
    row.kind,
    row.passId,
    row.accountId,
    row.formId,
    row.platform,
    row.source,
    row.detail.network ?? null,
    row.detail.browser ?? null,
    row.detail.system ?? null,
    row.detail.venueCode ?? null,
  ]);

/** What kinds are for the till and the table, which a menu at the table will write. */
export const KEEP_DAYS = { usual: 731, min: 1, max: 3_660 } as const;

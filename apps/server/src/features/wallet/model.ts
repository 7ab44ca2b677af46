import type { Language } from '@tessera/contract/messages';
import type { MeasureName } from '@tessera/look';
import type { DesignBody, DesignPlace } from './design/body.ts';

export * from './design/body.ts';

/** Points are kept in hundredths, like kopecks. */
export const POINTS_SCALE = 2;

export type LevelDesigns = { readonly wanted: number; readonly all: readonly number[] };

/**
 * The design that a card has to take: the level's, where the card wears one of the designs that levels name. Cards of
 * other designs, such as a coupon's, are no business of the level.
 */
export function designFor(designId: number, { levelDesigns }: Pick<CardSubject, 'levelDesigns'>): number {
  return levelDesigns?.all.includes(designId) ? levelDesigns.wanted : designId;
}

/** The designs that are one card with this one: those of the other levels. */
export function sameCardAs(designId: number, { levelDesigns }: Pick<CardSubject, 'levelDesigns'>): readonly number[] {
  return levelDesigns?.all.includes(designId) ? levelDesigns.all : [designId];
}

/** What a card says about its guest and account, as it is now. Given by compose.ts, which knows guests and loyalty. */
export type CardSubject = {
  readonly firstName: string;
  readonly lastName: string;
  readonly middleName: string;
  /** YYYY-MM-DD. */
  readonly birthday: string | null;
  /** E.164 digits without plus. */
  readonly phone: string | null;
  readonly email: string | null;
  /** The guest's number in another system, '' when there is none. */
  readonly externalId: string;
  readonly groupName: string;
  /** Points that can be spent now, minor units. */
  readonly available: bigint;
  /** Points that are given but not usable yet, minor units. */
  readonly pending: bigint;
  /** The next points that will expire, or null. */
  readonly nextExpiry: { readonly amount: bigint; readonly at: Temporal.Instant } | null;
  /** Purchases that count for the level, minor units of the currency. */
  readonly turnover: bigint;
  readonly levelName: string;
  /** The next level and what is still missing for it, in the unit of the measure. */
  readonly nextLevel: { readonly name: string; readonly missing: bigint; readonly measure: MeasureName } | null;
  /** The design that the level asks for, of those that levels name; null where the level has no say in the look. */
  readonly levelDesigns: LevelDesigns | null;
  /** The first card of stamps of the programme: what is on it, its slots, and what is missing to which reward. */
  readonly stamps: {
    readonly have: number;
    readonly slots: number;
    readonly left: number;
    readonly reward: string;
    /** Whether the programme gives nothing but stamps: they are its value then. */
    readonly alone: boolean;
  } | null;
  /** The discount of the card, in basis points, where it is all that checks bring; null where they earn points. */
  readonly discount: bigint | null;
  /** What the first deposit of the programme holds, minor units of the currency; null where there is none. */
  readonly deposit: bigint | null;
  /** By which the guest brings friends; null while the programme rewards nobody for them. */
  readonly referral: { readonly code: string; readonly url: string } | null;
  /** ISO 4217. */
  readonly currency: string;
  /** IANA name. */
  readonly timeZone: string;
  /** The language in which the guest is spoken to: that of the form, or the company's. */
  readonly language: Language;
  /** About where the guest comes to: of a chain's places the card carries those near it. Null: nobody knows. */
  readonly anchor: Anchor | null;
  /** The venues of the company that are on the map. */
  readonly venues: readonly DesignPlace[];
};

/** Degrees. */
export type Anchor = { readonly latitude: number; readonly longitude: number };

/** A design as its cards show it; what was saved and not pushed yet is `SavedDesign`. */
export type Design = {
  readonly designId: number;
  readonly name: string;
  readonly programmeId: number;
  readonly credentialId: number | null;
  readonly revision: number;
  readonly body: DesignBody;
  /** No new cards are issued. */
  readonly archivedAt: Temporal.Instant | null;
};

/** What is known of a card besides its variables; `token` is '' where a person looks on. */
export type PassIdentity = { readonly serial: string; readonly guid: string; readonly token: string };

/** What one card has of its own besides the texts of its fields. What is absent or empty is as the design says. */
export type OwnThings = {
  /** Templates with variables, as in the design. */
  readonly barcodeMessage?: string;
  readonly nfcMessage?: string;
  /** The last day of the card in the company's time zone, YYYY-MM-DD. */
  readonly expiresOn?: string;
  /** What `CustomField5#` to `CustomField7#` say. */
  readonly customFields?: Readonly<Partial<Record<'5' | '6' | '7', string>>>;
  /** What `Notes#` says. */
  readonly notes?: string;
  readonly news?: CardNews;
};

/** What a campaign has put on a card, besides the text, which is the field's own value. It goes with that. */
export type CardNews = {
  /** The key of the field: it speaks when it changes, whatever the design says. */
  readonly field: string;
  /** Stands before the design's links. */
  readonly url?: string;
  /** A banner in the place of the design's: file names in the bundle → SHA-256, hex. */
  readonly images?: Readonly<Record<string, string>>;
};

/** The card's own text, or the design's where the card has none: an empty one is none. */
export const ownOr = <T extends string | undefined>(own: string | undefined, design: T): string | T =>
  own === undefined || own.trim() === '' ? design : own;

/** The texts of the variables that a design uses, taken when the version was made. */
export type Snapshot = {
  readonly revision: number;
  /** In the first language of the design. */
  readonly variables: Readonly<Record<string, string>>;
  /** In its other languages; absent: it has none. */
  readonly languages?: Readonly<Partial<Record<Language, Readonly<Record<string, string>>>>>;
  /** For fields with a format: decimals, and days as YYYY-MM-DD. */
  readonly plain?: Readonly<Record<string, string>>;
  /** The language of the guest, where the design speaks it and it is not its first one. */
  readonly lead?: Language;
  /** The places of the card, where its design takes the company's venues: the nearest ones. */
  readonly places?: readonly DesignPlace[];
  /** Where the nearest of the design's places are looked for. */
  readonly anchor?: Anchor;
  /** The code that it shows, where codes change; absent: what the design says. */
  readonly code?: string;
  /** When the card ends by its last day, its own or the design's, ISO 8601; absent: never by itself. */
  readonly expiresAt?: string;
};

/** One guest's card of one design, in all its forms. */
export type PassRecord = {
  readonly passId: number;
  readonly guid: string;
  readonly serial: string;
  readonly passTypeIdentifier: string;
  readonly credentialId: number;
  readonly designId: number;
  readonly accountId: number;
  readonly tokenKeyId: number;
  /** This card's own values by field key; they win over the design's. */
  readonly ownValues: Readonly<Record<string, string>>;
  readonly own: OwnThings;
  /** Grows with every change by hand. */
  readonly revision: number;
  readonly snapshot: Snapshot;
  readonly contentHash: Buffer;
  readonly contentVersion: number;
  readonly updateSequence: bigint;
  /** Whole seconds, strictly growing with every version. */
  readonly lastModified: Temporal.Instant;
  /** The lowest version downloaded by anybody since the last registration; null: unknown. */
  readonly installVersion: number | null;
  /** The highest version that a device has fetched. */
  readonly fetchedVersion: number;
  readonly voided: boolean;
  /** Since when it is a tombstone: voided for ever, without anything personal, in no list and behind no link. */
  readonly deletedAt: Temporal.Instant | null;
  /** The card that took its place under a new number: this one stays ended. */
  readonly replacedBy: number | null;
  /** The number of the code that it shows, where codes change. */
  readonly codeEpoch: number;
  readonly createdAt: Temporal.Instant;
};

export type CredentialRecord = {
  readonly credentialId: number;
  readonly name: string;
  readonly passTypeIdentifier: string;
  readonly teamIdentifier: string;
  readonly privateKeySealed: Buffer | null;
  readonly requestPem: string | null;
  readonly certificate: Buffer | null;
  readonly intermediate: Buffer | null;
  readonly notBefore: Temporal.Instant | null;
  readonly notAfter: Temporal.Instant | null;
  readonly demo: boolean;
};

/** Which program registered: only Apple's own tokens may go to Apple's push service. */
export const devicePlatforms = ['apple', 'walletpasses', 'pass2u', 'passwallet', 'passworks', 'other'] as const;
export type DevicePlatform = (typeof devicePlatforms)[number];

/** In which form a device shows a card, as the journal counts: Apple's own, or one of the readers on Android. */
export const formOf = (platform: DevicePlatform): 'apple' | 'android' => (platform === 'apple' ? 'apple' : 'android');

/** The key that new tokens are derived with. Never taken away: a card keeps its token for life. */
export const TOKEN_KEY_ID = 1;

export const PASS_MEDIA_TYPE = 'application/vnd.apple.pkpass';

/** The next `Last-Modified`: whole seconds, and later than the one before even within one second. */
export function nextLastModified(previous: Temporal.Instant | null, now: Temporal.Instant): Temporal.Instant {
  const second = Math.floor(now.epochMilliseconds / 1_000);
  const before = previous ? Math.floor(previous.epochMilliseconds / 1_000) : Number.NEGATIVE_INFINITY;
  return Temporal.Instant.fromEpochMilliseconds(Math.max(second, before + 1) * 1_000);
}

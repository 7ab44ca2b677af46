/** What each page needs to be drawn. Plain data: the server decides, the templates only draw. */
import type { CardModel, InstantLike, Lang, MeasureName, WordForms } from '@tessera/look';

/** Gives a text of guest.json (namespace `guest`) in the page's language. Must not escape HTML: the templates do (`escapeValue: false`). */
export type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** What every page carries. */
export interface Site {
  /** Name (and logo address) of the company; absent on pages of the installation itself. */
  readonly company?: { readonly name: string; readonly logo?: string };
  /** Address of this same page without `lang`; the language switch adds `?lang=`. */
  readonly path: string;
  /** Where the files of `buildGuest` are served; `/assets/guest` unless told. */
  readonly assetBase?: string;
  /** `version` of `buildGuest`'s answer, put behind the script addresses so that they can be cached for ever. */
  readonly assetVersion?: string;
  /** Shows that this is a demo, with a way back to the start page. */
  readonly demo?: boolean;
  /** The languages that the page can be read in; both unless told. */
  readonly languages?: readonly Lang[];
}

/** How points and money of the company are said, and when "now" is. */
export interface Locale {
  /** ISO 4217. */
  readonly currency: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly now: InstantLike;
  /** Decimal digits of points; 0 unless told. */
  readonly pointsScale?: number;
  /** The company's own word for points in the page's language. */
  readonly pointsNames?: WordForms;
}

export type RegistrationError =
  | { readonly code: 'name_missing' | 'name_too_long' }
  | { readonly code: 'phone_missing' | 'phone_unsupported' | 'phone_invalid' }
  | { readonly code: 'birthday_missing' | 'birthday_invalid' }
  | { readonly code: 'too_young'; readonly age: number }
  | { readonly code: 'email_invalid' }
  | { readonly code: 'field_missing' | 'field_too_long' | 'choice_unknown' }
  | { readonly code: 'consent_missing' };

/** A field of the form. Ours are named and speak by the catalogue; a company's own question brings its words. */
export type RegistrationField = {
  /** Name of the input. */
  readonly name: string;
  /** As typed. Kept when the form comes back with errors. */
  readonly value: string;
  readonly required: boolean;
  readonly error?: RegistrationError;
} & (
  | { readonly kind: 'name' | 'firstName' | 'lastName' | 'middleName' | 'email' | 'sex' }
  /** `example` is a number of the company's country, shown in the empty field. `dialCode`: `+7`. A code is sent if `confirmed`. */
  | { readonly kind: 'phone'; readonly example: string; readonly dialCode: string; readonly confirmed: boolean }
  /** `min` and `max` are `YYYY-MM-DD`. */
  | { readonly kind: 'birthday'; readonly min: string; readonly max: string }
  | { readonly kind: 'text'; readonly label: string }
  | { readonly kind: 'choice'; readonly label: string; readonly choices: readonly string[] }
);

/** A consent's box: the words beside it, with the part in [brackets] as a link, and where that leads. */
export interface ConsentBox {
  readonly ticked: boolean;
  readonly textUrl?: string;
  readonly wording?: string;
}

/** `/n/<formId>`. The form posts `attempt`, the fields by their names, `consent` and `marketing` (`on` when ticked). */
export interface RegistrationPageData {
  readonly site: Site;
  /** Where the form is posted to. */
  readonly action: string;
  /** Idempotency token: the same form sent twice registers once. */
  readonly attempt: string;
  /** The company's own words instead of ours. */
  readonly heading?: string;
  readonly lead?: string;
  readonly button?: string;
  /** The card one gets, shown as a picture. */
  readonly card?: CardModel;
  /** Colour of the button; ours unless told. */
  readonly colour?: string;
  /** A picture of the page: all questions at once, and no script. */
  readonly still?: boolean;
  readonly fields: readonly RegistrationField[];
  readonly consent: ConsentBox & { readonly textUrl: string; readonly error?: RegistrationError };
  /** The guest came by somebody's link: sent back with the form, as `invite`, `touch` and `device`. */
  readonly invite?: {
    readonly code: string;
    readonly touch?: string;
    /** What he gets for it, as a finished text. */
    readonly text?: string;
  };
  /** Absent: not asked. */
  readonly marketing?: ConsentBox;
  /** What went wrong with the form as a whole. */
  readonly problem?:
    | { readonly code: 'sms_failed' | 'stale' }
    | { readonly code: 'too_many'; readonly minutes: number };
}

/** What the company says when the card is made, and the way to the card. */
export interface ThanksPageData {
  readonly site: Site;
  readonly text: string;
  readonly cardUrl: string;
  readonly card?: CardModel;
  readonly colour?: string;
}

/** SMS code entry. The form posts `attempt` and `code`; the resend form posts `attempt`. */
export interface CodePageData {
  readonly site: Site;
  readonly action: string;
  readonly attempt: string;
  /** E.164; shown masked. */
  readonly phone: string;
  /** Length of the code. */
  readonly digits: number;
  readonly resend: { readonly action: string; readonly waitSeconds: number };
  readonly changeNumberUrl: string;
  readonly problem?:
    | { readonly code: 'missing' | 'expired' | 'used_up' | 'sms_failed' }
    | { readonly code: 'wrong'; readonly triesLeft: number }
    | { readonly code: 'too_many'; readonly minutes: number };
  /** Demo only: where the sent messages can be read. */
  readonly messagesUrl?: string;
}

export type EntryKind =
  | 'earned'
  | 'spent'
  | 'expired'
  | 'gift'
  | 'welcome'
  | 'birthday'
  | 'referral'
  | 'invited'
  | 'earn_returned'
  | 'spend_returned'
  | 'correction'
  | 'imported';

export interface CardEntry {
  readonly at: InstantLike;
  readonly kind: EntryKind;
  /** Change of the balance in the smallest unit of points: positive or negative. */
  readonly pointsMinor: bigint;
  /** Sum of the check, when there is one. */
  readonly sumMinor?: bigint;
  readonly venue?: string;
}

/** `/c/<guid>`. */
export interface CardPageData {
  readonly site: Site;
  readonly locale: Locale;
  readonly guestName?: string;
  readonly card: CardModel;
  /** The card's large picture, coarse, as an address `data:`: seen with the page, until the sharp one covers it. */
  readonly sketch?: string;
  readonly balanceMinor: bigint;
  readonly level?: {
    readonly name: string;
    /** What the level gives, as a finished text: «5 % с чека». */
    readonly benefit?: string;
    /** `progress` is 0 to 1. */
    readonly next?: {
      readonly name: string;
      /** What is still missing, in the unit of the measure. */
      readonly remaining: bigint;
      readonly measure: MeasureName;
      readonly progress: number;
      readonly benefit?: string;
    };
  };
  /** Soonest first; the page shows three. */
  readonly expiring: readonly { readonly at: InstantLike; readonly pointsMinor: bigint }[];
  /** Newest first; the page shows ten. */
  readonly entries: readonly CardEntry[];
  /** Address of the `.pkpass`; absent: no button. */
  readonly appleUrl?: string;
  /** Address that leads to Google's "save" page; absent: no button. */
  readonly googleUrl?: string;
  /** The card is on a phone already. */
  readonly installed: boolean;
  /** From `detectBrowser(userAgent)`. */
  readonly browser: BrowserKind;
  /** `/c/<guid>.json`: answers `{ version }` with an ETag; the page fetches itself anew when it changes. */
  readonly stateUrl: string;
  /** What makes the page an icon on the home screen that opens without a network; absent: a page like any other. */
  readonly app?: {
    readonly manifestUrl: string;
    /** A square PNG for iPhones, which read no icons from a manifest. */
    readonly iconUrl: string;
    readonly workerUrl: string;
    /** `#rrggbb` for the browser's bar around the card. */
    readonly colour: string;
  };
  /** Absent: this installation sends no notifications to browsers. */
  readonly push?: {
    /** Subscriptions are posted and deleted here. */
    readonly url: string;
    /** The installation's public key, base64url. */
    readonly key: string;
  };
  /** The card on paper; absent: no link. */
  readonly pdfUrl?: string;
  /** The page's own address as a QR code (SVG), for whoever sits at a desk. */
  readonly phoneQr?: string;
  /** The page's own whole address, to be copied by hand where nothing else works, or sent on. */
  readonly pageUrl?: string;
  /** Whether the card may be passed on; if not, the page offers its address nowhere and says that it is personal. */
  readonly mayShare: boolean;
  /** Soonest to expire first; the page shows twenty. */
  readonly coupons?: readonly { readonly name: string; readonly code: string; readonly until?: InstantLike }[];
  /** The guest's other cards. */
  readonly others?: readonly { readonly name: string; readonly url: string }[];
  /** Where receipts are sent; absent: the programme takes none. */
  readonly receiptUrl?: string;
  /** Where an agreement to advertising is taken back; absent: there is none. */
  readonly advertisingUrl?: string;
  /** Absent: the programme rewards nobody for friends. */
  readonly invite?: {
    readonly url: string;
    readonly code: string;
    /** Who gets what, as a finished text. */
    readonly text: string;
    /** What is sent along with the link. */
    readonly message: string;
  };
}

/** A receipt that the guest has sent. */
export interface ReceiptLine {
  /** When it was sent. */
  readonly at: InstantLike;
  /** Absent while only a photo is known. */
  readonly sumMinor?: bigint;
  readonly state: 'uploaded' | 'checking' | 'pending' | 'active' | 'rejected';
  readonly reason?:
    | 'duplicate'
    | 'too_old'
    | 'in_future'
    | 'too_small'
    | 'wrong_venue'
    | 'unreadable'
    | 'pos_check'
    | 'other';
  /** What the staff has written to it. */
  readonly note?: string;
  readonly pointsMinor?: bigint;
  readonly activatesAt?: InstantLike;
}

/** `/c/<guid>/receipt`. The form posts `qr`, or `date`, `time`, `sum`, `fn`, `i`, `fp`; a photo goes to `photoUrl` as it is. */
export interface ReceiptPageData {
  readonly site: Site;
  readonly locale: Locale;
  readonly action: string;
  readonly photoUrl: string;
  readonly backUrl: string;
  /** What was typed, kept when something is wrong with it. */
  readonly values: Readonly<Record<'qr' | 'date' | 'time' | 'sum' | 'fn' | 'i' | 'fp', string>>;
  /** Whether the numbers were typed, so that their fields stand open. */
  readonly typed: boolean;
  readonly problem?: 'unreadable' | 'not_a_purchase' | 'limit' | 'off' | 'blocked' | 'photo';
  /** Newest first. */
  readonly receipts: readonly ReceiptLine[];
}

/** Where the page is open: a browser, or the window of a program. */
export type BrowserProgram =
  | 'safari'
  | 'chrome'
  | 'samsung'
  | 'yandex'
  | 'firefox'
  | 'other'
  | 'telegram'
  | 'instagram'
  | 'facebook'
  | 'vk'
  | 'yandex_app'
  | 'google_app'
  | 'other_app';

export interface BrowserKind {
  readonly device: 'iphone' | 'android' | 'other';
  /** Inside Instagram, VK, Facebook and the like, where a `.pkpass` does not open. */
  readonly inApp: boolean;
  readonly program: BrowserProgram;
}

export interface ConsentTextPageData {
  readonly site: Site;
  readonly title: string;
  readonly version: string;
  /** When this version came into force. */
  readonly since: InstantLike;
  readonly locale: Pick<Locale, 'timeZone' | 'now'>;
  readonly operatorName: string;
  /** Plain text; empty lines part paragraphs, a line that begins with `# ` is a heading. */
  readonly text: string;
  readonly backUrl?: string;
}

export interface ErrorPageData {
  readonly site: Site;
  readonly status: 400 | 404 | 410 | 429 | 500 | 503;
  readonly retrySeconds?: number;
  /** Request number that the staff can find in the log. */
  readonly reference?: string;
  readonly homeUrl?: string;
}

export interface LandingPageData {
  readonly site: Site;
  /** Absent links are not shown. */
  readonly links: {
    readonly form?: string;
    readonly messages?: string;
    readonly phone?: string;
    readonly till?: string;
    readonly console?: string;
    readonly docs?: string;
  };
  readonly card?: CardModel;
  /** Demo only. */
  readonly clock?: DemoClock;
}

/** The demo's clock and its buttons, which post `advance` (ISO 8601) and `back` (the page they stand on). */
export interface DemoClock {
  readonly action: string;
  readonly now: InstantLike;
  readonly timeZone: string;
  /** Whether it is ahead of the real clock. */
  readonly moved: boolean;
}

export type PhoneLogKind = 'installed' | 'removed' | 'pushed' | 'asked' | 'fetched' | 'unchanged' | 'failed';

/** The demo phone. Forms post to `actions`: install (`card` = the chosen id), remove, refresh, updates (`on` = `1` or `0`). */
export interface DemoPhonePageData {
  readonly site: Site;
  readonly locale: Pick<Locale, 'timeZone' | 'now'>;
  readonly wallpaper: 'light' | 'dark';
  readonly side: 'front' | 'back';
  readonly clock?: DemoClock;
  /** The card as the phone holds it, read from the bundle it downloaded. */
  readonly card?: CardModel;
  /** Newest first; the screen shows two. */
  readonly notices: readonly {
    readonly at: InstantLike;
    readonly organizationName: string;
    readonly text: string;
    readonly icon?: string;
  }[];
  readonly automaticUpdates: boolean;
  /** Cards that could be put on the phone. */
  readonly candidates: readonly { readonly id: string; readonly label: string; readonly current: boolean }[];
  readonly actions: {
    readonly install: string;
    readonly remove: string;
    readonly refresh: string;
    readonly updates: string;
  };
  /** What phone and server said to each other, newest first. */
  readonly log: readonly { readonly at: InstantLike; readonly kind: PhoneLogKind; readonly reason?: string }[];
  /** Server-Sent Events: any event means "look again". */
  readonly eventsUrl: string;
  /** Fallback: `{ version }` with an ETag. */
  readonly stateUrl: string;
  readonly formUrl?: string;
  readonly tillUrl?: string;
}

export interface DemoMessagesPageData {
  readonly site: Site;
  readonly locale: Pick<Locale, 'timeZone' | 'now'>;
  /** Newest first. `to` in E.164. */
  readonly messages: readonly {
    readonly at: InstantLike;
    readonly to: string;
    readonly sender: string;
    readonly text: string;
    readonly status?: 'queued' | 'sent' | 'delivered' | 'failed';
  }[];
  readonly formUrl?: string;
  /** As on the demo phone; without them the page does not update itself. */
  readonly eventsUrl?: string;
  readonly stateUrl?: string;
}

export type { Lang };

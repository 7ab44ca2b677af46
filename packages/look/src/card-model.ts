/** Apple's styles of a card that a company may choose from. */
export type CardStyle = 'storeCard' | 'coupon' | 'generic' | 'eventTicket';

/** Codes that a card may carry. */
export type CardCodeFormat = 'qr' | 'pdf417' | 'aztec' | 'code128' | 'ean13' | 'code39' | 'codabar' | 'itf';

export type CardFieldAlignment = 'left' | 'center' | 'right' | 'natural';

/** One line of text on a card: `label` is the small word, `value` the thing itself. `key` is unique over the whole card. */
export interface CardField {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  /** Natural unless told. Wallet heeds it neither in the primary fields nor on the back. */
  readonly alignment?: CardFieldAlignment;
  /** Which of the two lines of auxiliary fields of an event ticket. */
  readonly row?: 0 | 1;
}

/** What a card shows, whatever the platform. Values are finished texts; formatting is done before. */
export interface CardModel {
  readonly style: CardStyle;
  readonly organizationName: string;
  /** Beside the logo; empty = nothing. */
  readonly logoText: string;
  /** Addresses of pictures: relative, http(s), `data:image/…` or `blob:`. Others are left out. */
  readonly images: CardImages;
  /** `#rrggbb` each; anything else falls back to dark text on white. */
  readonly colours: { readonly background: string; readonly foreground: string; readonly label: string };
  readonly headerFields: readonly CardField[];
  readonly primaryFields: readonly CardField[];
  readonly secondaryFields: readonly CardField[];
  readonly auxiliaryFields: readonly CardField[];
  readonly backFields: readonly CardField[];
  /** `svg` is the drawn code (an SVG document); it is shown as a picture, so nothing in it can run. */
  readonly barcode?: {
    readonly format: CardCodeFormat;
    readonly svg: string;
    readonly altText?: string;
  };
  readonly voided?: boolean;
  /** The poster of iOS 27, which stands beside the style; older phones show the style. */
  readonly poster?: CardPoster;
  /** Shown on the back of every form. */
  readonly links?: readonly { readonly label: string; readonly url: string }[];
  /** Keys of the fields that still hold tomorrow; only these are printed. Absent: all. */
  readonly lasting?: readonly string[];
  /** Tiles under the card, since iOS 27: kinds of actions such as `order`. */
  readonly actions?: readonly string[];
}

export interface CardImages {
  readonly logo?: string;
  readonly strip?: string;
  readonly icon?: string;
  readonly thumbnail?: string;
  readonly background?: string;
  /** The whole face of a poster. */
  readonly artwork?: string;
  /** A poster's logo. */
  readonly primaryLogo?: string;
}

export interface CardPoster {
  /** The large line; it takes the place of one primary field. */
  readonly title?: string;
  readonly headerFields: readonly CardField[];
  readonly primaryFields: readonly CardField[];
  readonly footerFields: readonly CardField[];
}

/** A card as Google Wallet lays it out: the rows and the details are the ones that Google is told. */
export interface GoogleCardModel {
  readonly issuer: string;
  /** The large line: the programme, the offer, the event. */
  readonly title: string;
  /** `#rrggbb`. */
  readonly colour: string;
  readonly logo?: string;
  /** The wide picture at the bottom. */
  readonly hero?: string;
  readonly rows: readonly (readonly GoogleLine[])[];
  readonly details: readonly GoogleLine[];
  readonly links: readonly { readonly label: string; readonly url: string }[];
  readonly barcode?: NonNullable<CardModel['barcode']>;
  readonly ended: boolean;
}

export type GoogleLine = { readonly label: string; readonly value: string };

export interface CardOptions {
  /**
   * `apple`: exactly what Apple Wallet would show, truncated text included. `web`: same face, text wraps, the code is
   * larger. `print`: a plastic or paper card of 85.6 × 54 mm (needs card-forms.css).
   */
  readonly platform: 'apple' | 'web' | 'print';
  readonly side?: 'front' | 'back';
  /** `thumbnail`: for lists; a small picture of the front with a sketched code, one name for screen readers. */
  readonly size?: 'full' | 'thumbnail';
  readonly lang: 'ru' | 'en';
  /** State of the switch on Apple's back side; on unless told. */
  readonly automaticUpdates?: boolean;
  /** Apple only: the poster of iOS 27, where the card has one (needs card-forms.css). */
  readonly poster?: boolean;
}

/**
 * Points of an Apple store card (Apple's pass design guidelines; the strip and logo sizes are Apple's, the paddings are
 * estimated where Apple says nothing). card.css draws with the same numbers, and a test compares the two.
 */
export const APPLE_STORE_CARD = {
  width: 375,
  height: 490,
  strip: { width: 375, height: 144, top: 70 },
  logo: { maxWidth: 160, height: 50 },
  squareCode: 150,
  headerFields: 3,
  primaryFields: 1,
  /** Secondary and auxiliary fields share one row. */
  rowFields: 4,
} as const;

/** Points of what the other styles draw elsewhere or otherwise than a store card (the same source). */
export const APPLE_OTHER_STYLES = {
  eventStrip: { height: 98 },
  thumbnail: { maxWidth: 90, height: 90 },
  poster: { width: 358, height: 448, logo: { maxWidth: 126, height: 30 } },
} as const;

/** A card for a purse, ISO/IEC 7810 ID-1, millimetres. */
export const PRINT_CARD = { width: 85.6, height: 54 } as const;

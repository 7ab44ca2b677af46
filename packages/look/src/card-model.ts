/** One line of text on a card: `label` is the small word, `value` the thing itself. `key` is unique over the whole card. */
export interface CardField {
  readonly key: string;
  readonly label: string;
  readonly value: string;
}

/** What a card shows, whatever the platform. Values are finished texts; formatting is done before. */
export interface CardModel {
  readonly style: 'storeCard';
  readonly organizationName: string;
  /** Beside the logo; empty = nothing. */
  readonly logoText: string;
  /** Addresses of pictures: relative, http(s), `data:image/…` or `blob:`. Others are left out. */
  readonly images: { readonly logo?: string; readonly strip?: string; readonly icon?: string };
  /** `#rrggbb` each; anything else falls back to dark text on white. */
  readonly colours: { readonly background: string; readonly foreground: string; readonly label: string };
  readonly headerFields: readonly CardField[];
  readonly primaryFields: readonly CardField[];
  readonly secondaryFields: readonly CardField[];
  readonly auxiliaryFields: readonly CardField[];
  readonly backFields: readonly CardField[];
  /** `svg` is the drawn code (an SVG document); it is shown as a picture, so nothing in it can run. */
  readonly barcode?: {
    readonly format: 'qr' | 'pdf417' | 'aztec' | 'code128';
    readonly svg: string;
    readonly altText?: string;
  };
  readonly voided?: boolean;
}

export interface CardOptions {
  /** `apple`: exactly what Apple Wallet would show, truncated text included. `web`: same face, text wraps, the code is larger. */
  readonly platform: 'apple' | 'web';
  readonly side?: 'front' | 'back';
  /** `thumbnail`: for lists; a small picture of the front with a sketched code, one name for screen readers. */
  readonly size?: 'full' | 'thumbnail';
  readonly lang: 'ru' | 'en';
  /** State of the switch on Apple's back side; on unless told. */
  readonly automaticUpdates?: boolean;
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

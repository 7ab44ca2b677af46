/** The content of `pass.json` as types (Apple, "Wallet Passes: Pass"). Only what loyalty cards, coupons and tickets use. */

export type PassStyle = 'storeCard' | 'coupon' | 'generic' | 'eventTicket' | 'boardingPass';

/** Date and time with zone: `2026-11-22T10:00:00Z` or `…+02:00`. */
export type PassDate = string;

/** `rgb(r, g, b)`. */
export type PassColor = string;

export type PassTextAlignment =
  | 'PKTextAlignmentLeft'
  | 'PKTextAlignmentCenter'
  | 'PKTextAlignmentRight'
  | 'PKTextAlignmentNatural';

export type PassDateStyle =
  | 'PKDateStyleNone'
  | 'PKDateStyleShort'
  | 'PKDateStyleMedium'
  | 'PKDateStyleLong'
  | 'PKDateStyleFull';

export type PassNumberStyle =
  | 'PKNumberStyleDecimal'
  | 'PKNumberStylePercent'
  | 'PKNumberStyleScientific'
  | 'PKNumberStyleSpellOut';

export type PassDataDetector =
  | 'PKDataDetectorTypePhoneNumber'
  | 'PKDataDetectorTypeLink'
  | 'PKDataDetectorTypeAddress'
  | 'PKDataDetectorTypeCalendarEvent';

export type PassField = {
  /** Unique over the whole style and stable over updates: Wallet compares old and new by it. */
  readonly key: string;
  readonly value: string | number;
  readonly label?: string;
  /** Text with `<a href>` only; shown instead of `value`. */
  readonly attributedValue?: string;
  /** Must contain `%@`, which becomes the new value. */
  readonly changeMessage?: string;
  readonly dataDetectorTypes?: readonly PassDataDetector[];
  readonly textAlignment?: PassTextAlignment;
  readonly dateStyle?: PassDateStyle;
  readonly timeStyle?: PassDateStyle;
  readonly ignoresTimeZone?: boolean;
  readonly isRelative?: boolean;
  readonly numberStyle?: PassNumberStyle;
  /** ISO 4217; `value` must be a number, and `numberStyle` absent. */
  readonly currencyCode?: string;
  readonly row?: 0 | 1;
  readonly semantics?: Readonly<Record<string, unknown>>;
};

export type PassFieldGroup =
  | 'headerFields'
  | 'primaryFields'
  | 'secondaryFields'
  | 'auxiliaryFields'
  | 'backFields'
  | 'additionalInfoFields'
  | 'footerFields';

export type PassFields = { readonly [group in PassFieldGroup]?: readonly PassField[] };

export type PassTransitType =
  | 'PKTransitTypeAir'
  | 'PKTransitTypeBoat'
  | 'PKTransitTypeBus'
  | 'PKTransitTypeTrain'
  | 'PKTransitTypeGeneric';

export type PassBarcodeFormat =
  | 'PKBarcodeFormatQR'
  | 'PKBarcodeFormatPDF417'
  | 'PKBarcodeFormatAztec'
  | 'PKBarcodeFormatCode128'
  | 'PKBarcodeFormatEAN13'
  | 'PKBarcodeFormatCode39'
  | 'PKBarcodeFormatCodabar'
  | 'PKBarcodeFormatI2of5';

export type PassBarcode = {
  readonly format: PassBarcodeFormat;
  readonly message: string;
  /** IANA name, normally `iso-8859-1`: scanners expect Latin-1. */
  readonly messageEncoding: string;
  readonly altText?: string;
};

export type PassLocation = {
  readonly latitude: number;
  readonly longitude: number;
  readonly altitude?: number;
  readonly relevantText?: string;
};

export type PassBeacon = {
  readonly proximityUUID: string;
  readonly major?: number;
  readonly minor?: number;
  readonly relevantText?: string;
};

export type PassNfc = {
  /** At most 64 bytes; needs an enhanced certificate. */
  readonly message: string;
  readonly encryptionPublicKey: string;
  readonly requiresAuthentication?: boolean;
};

export type PassFeaturedAction = { readonly identifier: string; readonly type: string; readonly url: string };

export type PassRelevantDate = {
  readonly date?: PassDate;
  readonly relevantDate?: PassDate;
  readonly startDate?: PassDate;
  readonly endDate?: PassDate;
};

export type Pass = {
  readonly formatVersion: 1;
  readonly passTypeIdentifier: string;
  readonly teamIdentifier: string;
  readonly serialNumber: string;
  readonly organizationName: string;
  readonly description: string;
  readonly logoText?: string;
  readonly backgroundColor?: PassColor;
  readonly foregroundColor?: PassColor;
  readonly labelColor?: PassColor;
  readonly stripColor?: PassColor;
  readonly suppressStripShine?: boolean;
  readonly barcodes?: readonly PassBarcode[];
  /** Deprecated single code, read by very old systems and some Android readers. */
  readonly barcode?: PassBarcode;
  readonly locations?: readonly PassLocation[];
  readonly beacons?: readonly PassBeacon[];
  readonly maxDistance?: number;
  readonly relevantDate?: PassDate;
  readonly relevantDates?: readonly PassRelevantDate[];
  readonly expirationDate?: PassDate;
  readonly voided?: boolean;
  readonly sharingProhibited?: boolean;
  readonly groupingIdentifier?: string;
  readonly nfc?: PassNfc;
  /** https, without trailing slash and without `/v1`, which the phone appends. */
  readonly webServiceURL?: string;
  /** At least 16 characters; never changed during the life of a card. */
  readonly authenticationToken?: string;
  readonly userInfo?: unknown;
  readonly associatedStoreIdentifiers?: readonly number[];
  readonly appLaunchURL?: string;
  readonly semantics?: Readonly<Record<string, unknown>>;
  readonly featuredActions?: readonly PassFeaturedAction[];
  readonly storeCard?: PassFields;
  readonly coupon?: PassFields;
  readonly generic?: PassFields;
  readonly eventTicket?: PassFields;
  readonly boardingPass?: PassFields & { readonly transitType: PassTransitType };
  /** iOS 27: stands beside one of the styles above. */
  readonly posterGeneric?: PassFields;
};

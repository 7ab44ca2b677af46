import type { Pass, PassBarcode, PassBarcodeFormat, PassField, PassFields, PassRelevantDate } from '@tessera/pkpass';
import type { BarcodeFormat } from './model.ts';
import type { CardContent, ResolvedField } from './resolve-fields.ts';

export type ApplePassFrame = {
  readonly passTypeIdentifier: string;
  readonly teamIdentifier: string;
  readonly serial: string;
  readonly authenticationToken: string;
  /** Without a slash at the end and without `/v1`: phones append it. */
  readonly webServiceUrl: string;
  /** Apple has opened the certificate for NFC; with any other a phone refuses the whole card, so it goes without. */
  readonly nfcCapable?: boolean;
};

const barcodeFormats: Readonly<Record<BarcodeFormat, PassBarcodeFormat>> = {
  qr: 'PKBarcodeFormatQR',
  pdf417: 'PKBarcodeFormatPDF417',
  aztec: 'PKBarcodeFormatAztec',
  code128: 'PKBarcodeFormatCode128',
  ean13: 'PKBarcodeFormatEAN13',
  code39: 'PKBarcodeFormatCode39',
  codabar: 'PKBarcodeFormatCodabar',
  itf: 'PKBarcodeFormatI2of5',
};

/** The `pass.json` of a card (Apple, "Wallet Passes"). Equal input gives equal output: nothing of time or chance in it. */
export function renderApplePass(content: CardContent, frame: ApplePassFrame): Pass {
  const { colours } = content;
  return {
    formatVersion: 1,
    passTypeIdentifier: frame.passTypeIdentifier,
    teamIdentifier: frame.teamIdentifier,
    serialNumber: frame.serial,
    organizationName: content.organizationName,
    description: content.description,
    ...(content.logoText === '' ? {} : { logoText: content.logoText }),
    backgroundColor: toRgb(colours.background),
    foregroundColor: toRgb(colours.foreground),
    labelColor: toRgb(colours.label),
    webServiceURL: frame.webServiceUrl,
    authenticationToken: frame.authenticationToken,
    ...(content.sharingProhibited ? { sharingProhibited: true } : {}),
    ...(content.voided ? { voided: true } : {}),
    ...(content.expiresAt ? { expirationDate: content.expiresAt } : {}),
    ...(content.barcode ? { barcodes: toBarcodes(content.barcode) } : {}),
    ...relevanceOf(content),
    ...programsOf(content),
    ...(content.nfc && frame.nfcCapable ? { nfc: content.nfc } : {}),
    // Other styles are piled by their type alone.
    ...(content.groupingIdentifier && content.style === 'eventTicket'
      ? { groupingIdentifier: content.groupingIdentifier }
      : {}),
    [content.style]: styleOf(content),
    ...(content.poster ? { posterGeneric: posterOf(content, content.poster) } : {}),
  };
}

function styleOf(content: CardContent): PassFields {
  const { fields } = content;
  return {
    headerFields: fields.header.map(toField),
    primaryFields: fields.primary.map(toField),
    secondaryFields: fields.secondary.map(toField),
    auxiliaryFields: fields.auxiliary.map(toField),
    backFields: backOf(content),
  };
}

/** iOS 27 takes this one, older phones the style beside it. */
function posterOf(content: CardContent, poster: NonNullable<CardContent['poster']>): PassFields {
  const title = poster.title === '' ? [] : [{ key: '_title', value: poster.title }];
  const { additional = [] } = poster;
  const used = new Set([...poster.header, ...poster.primary, ...poster.footer, ...additional].map(({ key }) => key));
  return {
    headerFields: poster.header.map(toField),
    primaryFields: [...title, ...poster.primary.map(toField)],
    footerFields: poster.footer.map(toField),
    ...(additional.length > 0 ? { additionalInfoFields: additional.map(toField) } : {}),
    backFields: backOf(content).filter(({ key }) => !used.has(key)),
  };
}

/** Links stand below the texts: Apple's passes have no place of their own for them. */
function backOf({ fields, links = [] }: CardContent): PassField[] {
  return [
    ...fields.back.map(toField),
    ...links.map(({ label, url }, index) => ({
      key: `_link${index + 1}`,
      ...(label === '' ? {} : { label }),
      value: url,
      attributedValue: `<a href="${escapeAttribute(url)}">${escapeAttribute(url.replace(/^\w+:(\/\/)?/, ''))}</a>`,
    })),
  ];
}

const escapeAttribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const alignments = {
  left: 'PKTextAlignmentLeft',
  center: 'PKTextAlignmentCenter',
  right: 'PKTextAlignmentRight',
  natural: 'PKTextAlignmentNatural',
} as const;

const dateStyles = {
  none: 'PKDateStyleNone',
  short: 'PKDateStyleShort',
  medium: 'PKDateStyleMedium',
  long: 'PKDateStyleLong',
  full: 'PKDateStyleFull',
} as const;

const numberStyles = {
  decimal: 'PKNumberStyleDecimal',
  percent: 'PKNumberStylePercent',
  scientific: 'PKNumberStyleScientific',
  spellOut: 'PKNumberStyleSpellOut',
} as const;

function toField({ key, label, value, changeMessage, alignment, row, typed }: ResolvedField): PassField {
  return {
    key,
    ...(label === '' ? {} : { label }),
    ...(typed ? toTyped(typed) : { value }),
    ...(changeMessage ? { changeMessage } : {}),
    ...(alignment ? { textAlignment: alignments[alignment] } : {}),
    ...(row !== undefined ? { row } : {}),
  };
}

/** The value as a number or a date, with how to write it. Never both a currency and a style: phones refuse that. */
function toTyped(typed: NonNullable<ResolvedField['typed']>): Omit<PassField, 'key'> {
  switch (typed.kind) {
    case 'currency':
      return { value: Number(typed.value), currencyCode: typed.code };
    case 'number':
      // A phone shows 0.05 as 5 %.
      return typed.style === 'percent'
        ? { value: Number(`${typed.value}e-2`), numberStyle: numberStyles.percent }
        : { value: Number(typed.value), numberStyle: numberStyles[typed.style] };
    case 'date':
      return {
        value: typed.value,
        dateStyle: dateStyles[typed.dateStyle],
        timeStyle: dateStyles[typed.timeStyle],
        ...(typed.wholeDay ? { ignoresTimeZone: true } : {}),
        ...(typed.relative ? { isRelative: true } : {}),
      };
  }
}

/**
 * Scanners expect Latin-1; only a message that does not fit is sent as UTF-8, or one whose design says so. A watch draws
 * no Code 128, and phones before iOS 27 none of the newer codes: a QR follows.
 */
function toBarcodes({ format, message, altText, encoding }: NonNullable<CardContent['barcode']>): PassBarcode[] {
  const fitsLatin1 = [...message].every((character) => character.codePointAt(0)! <= 0xff);
  const messageEncoding = fitsLatin1 && encoding !== 'utf-8' ? 'iso-8859-1' : 'utf-8';
  const rest = { message, messageEncoding, ...(altText === '' ? {} : { altText }) };
  const first: PassBarcode = { format: barcodeFormats[format], ...rest };
  const everywhere = format === 'qr' || format === 'aztec' || format === 'pdf417';
  return everywhere ? [first] : [first, { format: barcodeFormats.qr, ...rest }];
}

function relevanceOf({ style, places, maxDistanceMetres, beacons, relevantDates }: CardContent): Partial<Pass> {
  const dated = style === 'generic' || style === 'eventTicket';
  return {
    ...(places
      ? {
          locations: places.map(({ latitude, longitude, altitude, text }) => ({
            latitude,
            longitude,
            ...(altitude === undefined ? {} : { altitude }),
            ...(text === '' ? {} : { relevantText: text }),
          })),
        }
      : {}),
    ...(maxDistanceMetres === undefined ? {} : { maxDistance: maxDistanceMetres }),
    ...(beacons
      ? {
          beacons: beacons.map(({ uuid, major, minor, text }) => ({
            proximityUUID: uuid.toUpperCase(),
            ...(major === undefined ? {} : { major }),
            ...(minor === undefined ? {} : { minor }),
            ...(text === '' ? {} : { relevantText: text }),
          })),
        }
      : {}),
    ...(relevantDates && dated ? { relevantDates: relevantDates.map(toRelevantDate) } : {}),
  };
}

/** iOS 18 reads a single moment as `relevantDate`, iOS 26 as `date`. */
const toRelevantDate = (date: NonNullable<CardContent['relevantDates']>[number]): PassRelevantDate =>
  'at' in date
    ? { date: toPassDate(date.at), relevantDate: toPassDate(date.at) }
    : { startDate: toPassDate(date.from), endDate: toPassDate(date.until) };

/** Whole seconds: a phone does not open a card with a date that it cannot read. */
const toPassDate = (instant: string): string => Temporal.Instant.from(instant).round('second').toString();

function programsOf({ apps, featuredActions }: CardContent): Partial<Pass> {
  const ids = apps?.appleStoreIds ?? [];
  return {
    ...(ids.length > 0 ? { associatedStoreIdentifiers: ids } : {}),
    ...(ids.length > 0 && apps?.appLaunchUrl ? { appLaunchURL: apps.appLaunchUrl } : {}),
    ...(featuredActions
      ? {
          featuredActions: featuredActions.map(({ type, url }, index) => ({
            identifier: `action${index + 1}`,
            type,
            url,
          })),
        }
      : {}),
  };
}

/** `#rrggbb` as `rgb(r, g, b)`, the only form that every phone reads. */
function toRgb(colour: string): string {
  const number = Number.parseInt(colour.slice(1), 16);
  return `rgb(${number >> 16}, ${(number >> 8) & 0xff}, ${number & 0xff})`;
}

import type { Pass, PassBarcode, PassBarcodeFormat, PassField } from '@tessera/pkpass';
import type { BarcodeFormat } from './model.ts';
import type { CardContent, ResolvedField } from './resolve-fields.ts';

export type ApplePassFrame = {
  readonly passTypeIdentifier: string;
  readonly teamIdentifier: string;
  readonly serial: string;
  readonly authenticationToken: string;
  /** Without a slash at the end and without `/v1`: phones append it. */
  readonly webServiceUrl: string;
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
  const { fields, colours } = content;
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
    storeCard: {
      headerFields: fields.header.map(toField),
      primaryFields: fields.primary.map(toField),
      secondaryFields: fields.secondary.map(toField),
      auxiliaryFields: fields.auxiliary.map(toField),
      backFields: fields.back.map(toField),
    },
  };
}

function toField({ key, label, value, changeMessage }: ResolvedField): PassField {
  return { key, ...(label === '' ? {} : { label }), value, ...(changeMessage ? { changeMessage } : {}) };
}

/** Scanners expect Latin-1; only a message that does not fit is sent as UTF-8. A watch draws no Code 128: a QR follows. */
function toBarcodes({ format, message, altText }: NonNullable<CardContent['barcode']>): PassBarcode[] {
  const messageEncoding = [...message].every((character) => character.codePointAt(0)! <= 0xff) ? 'iso-8859-1' : 'utf-8';
  const rest = { message, messageEncoding, ...(altText === '' ? {} : { altText }) };
  const first: PassBarcode = { format: barcodeFormats[format], ...rest };
  return format === 'code128' ? [first, { format: barcodeFormats.qr, ...rest }] : [first];
}

/** `#rrggbb` as `rgb(r, g, b)`, the only form that every phone reads. */
function toRgb(colour: string): string {
  const number = Number.parseInt(colour.slice(1), 16);
  return `rgb(${number >> 16}, ${(number >> 8) & 0xff}, ${number & 0xff})`;
}

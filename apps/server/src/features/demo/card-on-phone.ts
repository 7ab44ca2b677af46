import type { CardField, CardImages, CardModel, CardStyle } from '@tessera/look';
import type { CardView } from '@tessera/testkit';
import { drawBarcode } from '../wallet/index.ts';

type PassField = { key: string; label?: string; value: string; textAlignment?: string; row?: 0 | 1 };
type PassFields = Readonly<Record<string, readonly PassField[] | undefined>>;

/** The card as the phone holds it: read from the bundle that it downloaded, not from our database. */
export function cardOnPhone({ shown, images }: Pick<CardView, 'shown' | 'images'>): CardModel {
  const style = styles.find((one) => shown[one] !== undefined) ?? 'storeCard';
  const fields = fieldsOf(shown[style]);
  const poster = shown.posterGeneric === undefined ? undefined : fieldsOf(shown.posterGeneric);
  const actions = (shown.featuredActions as { type: string }[] | undefined)?.map(({ type }) => type);
  return {
    style,
    organizationName: String(shown.organizationName),
    logoText: String(shown.logoText ?? ''),
    images: imagesOf(images),
    colours: {
      background: toHex(shown.backgroundColor),
      foreground: toHex(shown.foregroundColor),
      label: toHex(shown.labelColor),
    },
    headerFields: fields('headerFields'),
    primaryFields: fields('primaryFields'),
    secondaryFields: fields('secondaryFields'),
    auxiliaryFields: fields('auxiliaryFields'),
    backFields: fields('backFields'),
    ...(poster
      ? {
          poster: {
            headerFields: poster('headerFields'),
            primaryFields: poster('primaryFields'),
            footerFields: poster('footerFields'),
          },
        }
      : {}),
    ...barcodeOf(shown.barcodes),
    ...(actions ? { actions } : {}),
    voided: shown.voided === true,
  };
}

const styles: readonly CardStyle[] = ['storeCard', 'coupon', 'generic', 'eventTicket'];

const fieldsOf =
  (style: unknown) =>
  (group: string): CardField[] =>
    ((style as PassFields)?.[group] ?? []).map(({ key, label = '', value, textAlignment, row }) => ({
      key,
      label,
      value,
      ...(textAlignment ? { alignment: alignments[textAlignment as keyof typeof alignments] } : {}),
      ...(row === undefined ? {} : { row }),
    }));

const alignments = {
  PKTextAlignmentLeft: 'left',
  PKTextAlignmentCenter: 'center',
  PKTextAlignmentRight: 'right',
  PKTextAlignmentNatural: 'natural',
} as const;

const imageNames: readonly (keyof CardImages)[] = [
  'logo',
  'strip',
  'icon',
  'thumbnail',
  'background',
  'artwork',
  'primaryLogo',
];

const imagesOf = (files: CardView['images']): CardImages =>
  Object.fromEntries(
    imageNames.flatMap((name) => {
      const png = files[`${name}@2x.png`] ?? files[`${name}.png`];
      return png ? [[name, `data:image/png;base64,${Buffer.from(png).toString('base64')}`]] : [];
    }),
  );

const codes = {
  PKBarcodeFormatQR: 'qr',
  PKBarcodeFormatPDF417: 'pdf417',
  PKBarcodeFormatAztec: 'aztec',
  PKBarcodeFormatCode128: 'code128',
  PKBarcodeFormatEAN13: 'ean13',
  PKBarcodeFormatCode39: 'code39',
  PKBarcodeFormatCodabar: 'codabar',
  PKBarcodeFormatI2of5: 'itf',
} as const;

/** Of several codes the phone draws the first; ours is a new one and knows them all. */
function barcodeOf(barcodes: unknown): Pick<CardModel, 'barcode'> {
  const first = (barcodes as { format: keyof typeof codes; message: string; altText?: string }[] | undefined)?.[0];
  if (!first) return {};
  const { format, message, altText = '' } = first;
  return { barcode: drawBarcode({ format: codes[format], message, altText }) };
}

/** `rgb(1, 2, 3)` of a pass as `#010203`. */
function toHex(colour: unknown): string {
  const parts = /^rgb\((\d+), ?(\d+), ?(\d+)\)$/.exec(String(colour))?.slice(1) ?? ['0', '0', '0'];
  return `#${parts.map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`;
}

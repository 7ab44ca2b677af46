import type { CardPicture } from '@tessera/contract';
import { drawCode } from '../../platform/barcode.ts';
import type { CardContent, ResolvedField } from './resolve-fields.ts';

/** The card as the web page and the console draw it: finished texts, addresses of the pictures, the code as SVG. */
export function renderPicture(content: CardContent, companyId: number): CardPicture {
  const { fields, barcode, poster, links, featuredActions } = content;
  const plain = (list: readonly ResolvedField[]) =>
    list.map(({ key, label, value, alignment, row }) => ({
      key,
      label,
      value,
      ...(alignment ? { alignment } : {}),
      ...(row === undefined ? {} : { row }),
    }));
  return {
    style: content.style,
    organizationName: content.organizationName,
    logoText: content.logoText,
    images: addressesOf(content.images, companyId),
    colours: content.colours,
    headerFields: plain(fields.header),
    primaryFields: plain(fields.primary),
    secondaryFields: plain(fields.secondary),
    auxiliaryFields: plain(fields.auxiliary),
    backFields: plain(fields.back),
    ...(poster
      ? {
          poster: {
            ...(poster.title === '' ? {} : { title: poster.title }),
            headerFields: plain(poster.header),
            primaryFields: plain(poster.primary),
            footerFields: plain(poster.footer),
          },
        }
      : {}),
    ...(barcode ? { barcode: drawBarcode(barcode) } : {}),
    ...(links ? { links: links.map((link) => ({ ...link })) } : {}),
    ...(featuredActions ? { actions: featuredActions.map(({ type }) => type) } : {}),
    ...(content.expiresAt ? { expiresAt: content.expiresAt } : {}),
    ...(content.voided ? { voided: true } : {}),
  };
}

/** Where a picture of a design is served: named by content, so it may be kept for ever. */
export const assetPath = (companyId: number, sha256: string): string => `/assets/${companyId}/${sha256}`;

const PICTURE_NAMES = ['logo', 'strip', 'icon', 'thumbnail', 'background', 'artwork', 'primaryLogo'] as const;

/** Two pixels to the point look sharp on any screen; three would weigh twice as much for what nobody sees on a page. */
function addressesOf(images: CardContent['images'], companyId: number): CardPicture['images'] {
  const addresses: CardPicture['images'] = {};
  for (const name of PICTURE_NAMES) {
    const sha256 = images[`${name}@2x.png`] ?? images[`${name}@3x.png`] ?? images[`${name}.png`];
    if (sha256) addresses[name] = assetPath(companyId, sha256);
  }
  return addresses;
}

/** A code as SVG, as a page shows it. */
export function drawBarcode({
  format,
  message,
  altText,
}: NonNullable<CardContent['barcode']>): NonNullable<CardPicture['barcode']> {
  return { format, svg: drawCode(format, message), ...(altText === '' ? {} : { altText }) };
}

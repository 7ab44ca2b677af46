import type { CardCodeFormat, CardField, CardModel, CardPoster, CardStyle } from './card-model.ts';

/** What is printed as a square; all other codes are wide and low. */
export const isSquareCode = (format: CardCodeFormat): boolean => format === 'qr' || format === 'aztec';

export type FieldCounts = {
  readonly header: number;
  readonly primary: number;
  readonly secondary: number;
  readonly auxiliary: number;
};

const HEADER_MAX = 3;
const PRIMARY_MAX = 1;
const ROW_MAX = 4;

/** Whether secondary and auxiliary fields share one row of four (Apple, "Wallet Passes", pass design). */
export function sharesOneRow(style: CardStyle, code: CardCodeFormat | null): boolean {
  if (style === 'storeCard' || style === 'coupon') return true;
  // A square code is so high that only one row is left above it.
  return style === 'generic' && code !== null && isSquareCode(code);
}

/** How many fields of each group an iPhone draws, of those that there are. The rest it leaves out without a word. */
export function countDrawn(style: CardStyle, code: CardCodeFormat | null, there: FieldCounts): FieldCounts {
  const secondary = Math.min(there.secondary, ROW_MAX);
  const left = sharesOneRow(style, code) ? ROW_MAX - secondary : ROW_MAX;
  return {
    header: Math.min(there.header, HEADER_MAX),
    primary: Math.min(there.primary, PRIMARY_MAX),
    secondary,
    auxiliary: Math.min(there.auxiliary, left),
  };
}

export type AppleFront = {
  readonly header: readonly CardField[];
  readonly primary: readonly CardField[];
  /** One to three rows of small fields; never an empty one. */
  readonly rows: readonly (readonly CardField[])[];
};

/** The fields of a front as an iPhone lays them out. */
export function layAppleFront(model: CardModel): AppleFront {
  const { style, headerFields, primaryFields, secondaryFields, auxiliaryFields } = model;
  const code = model.barcode?.format ?? null;
  const drawn = countDrawn(style, code, {
    header: headerFields.length,
    primary: primaryFields.length,
    secondary: secondaryFields.length,
    auxiliary: auxiliaryFields.length,
  });
  const secondary = secondaryFields.slice(0, drawn.secondary);
  const auxiliary = auxiliaryFields.slice(0, drawn.auxiliary);
  return {
    header: headerFields.slice(0, drawn.header),
    primary: primaryFields.slice(0, drawn.primary),
    rows: rowsOf(style, code, secondary, auxiliary).filter((row) => row.length > 0),
  };
}

function rowsOf(
  style: CardStyle,
  code: CardCodeFormat | null,
  secondary: readonly CardField[],
  auxiliary: readonly CardField[],
): (readonly CardField[])[] {
  if (sharesOneRow(style, code)) return [[...secondary, ...auxiliary]];
  if (style !== 'eventTicket') return [secondary, auxiliary];
  return [secondary, auxiliary.filter(({ row }) => row !== 1), auxiliary.filter(({ row }) => row === 1)];
}

/**
 * What iOS 27 draws of a poster. Of the footer only the first field: the guide says two, the phones draw one. For the section
 * below the card Apple names no limit; ten are ours.
 */
export const POSTER_LIMITS = { header: 1, primary: 4, footer: 1, additional: 10 } as const;

/** The fields of a poster as far as they are drawn. A first primary field without label is its title, if it has no other. */
export function layPoster({ title = '', headerFields, primaryFields, footerFields }: CardPoster) {
  const drawn = primaryFields.slice(0, POSTER_LIMITS.primary - (title === '' ? 0 : 1));
  const [first, ...others] = drawn;
  const isTitle = title === '' && first?.label === '';
  return {
    header: headerFields.slice(0, POSTER_LIMITS.header),
    title: isTitle ? first.value : title,
    primary: isTitle ? others : drawn,
    footer: footerFields.slice(0, POSTER_LIMITS.footer),
  };
}

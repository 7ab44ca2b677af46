import type { Language } from '@tessera/contract/messages';
import type { CardContent, ResolvedField } from '../resolve-fields.ts';
import type { DesignBody } from './body.ts';
import { type DesignProblem, problem } from './problem.ts';

/** Points of the front of an iPhone's card, the paddings left out; sizes of its letters are estimates. */
const FACE = 351;
const HEADER = 170;
const GAP = 10;
const SMALL = { label: 11, value: 17 } as const;
/** A large text shrinks to this before it is cut off. */
const PRIMARY_SMALLEST = 24;
const THUMBNAIL = 100;

/**
 * Texts that an iPhone probably cuts off, as they stand on this card: letters differ, so a text may be told that just
 * fits. Values of other guests may be longer.
 */
export function findTruncated(body: DesignBody, content: CardContent, language: Language): DesignProblem[] {
  const { fields, style, logoText } = content;
  const rows: (readonly ResolvedField[])[] =
    style === 'storeCard' || style === 'coupon'
      ? [[...fields.secondary, ...fields.auxiliary]]
      : [
          fields.secondary,
          fields.auxiliary.filter(({ row }) => row !== 1),
          fields.auxiliary.filter(({ row }) => row === 1),
        ];
  const cut = [
    ...fields.header.flatMap((field) => cutParts(field, HEADER / fields.header.length - GAP, SMALL)),
    ...rows.flatMap((row) => row.flatMap((field) => cutParts(field, FACE / row.length - GAP, SMALL))),
    ...fields.primary.flatMap((field) =>
      cutParts(field, FACE - (style === 'generic' || style === 'eventTicket' ? THUMBNAIL : 0), {
        label: 13,
        value: PRIMARY_SMALLEST,
      }),
    ),
  ];
  const room = fields.header.length > 0 ? FACE - HEADER : FACE - 60;
  return [
    ...(widthOf(logoText) * SMALL.value > room ? [problem('logoText', 'text_truncated', { language })] : []),
    ...cut.map(({ key, part }) => problem(`${pathOf(body, key)}/${part}`, 'text_truncated', { language })),
  ];
}

type Part = 'label' | 'value';

const cutParts = (
  field: ResolvedField,
  room: number,
  size: Readonly<Record<Part, number>>,
): { key: string; part: Part }[] =>
  (['label', 'value'] as const)
    .filter((part) => widthOf(field[part]) * size[part] > room)
    .map((part) => ({ key: field.key, part }));

function pathOf({ fields }: DesignBody, key: string): string {
  const group = (['header', 'primary', 'secondary', 'auxiliary'] as const).find((one) =>
    fields[one].some((field) => field.key === key),
  );
  return group ? `fields/${group}/${fields[group].findIndex((field) => field.key === key)}` : 'fields';
}

/** How wide a text is, in sizes of its letters. */
function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) {
    if (/[\s.,:;!'|()ijlI1-]/.test(letter)) width += 0.3;
    else if (/[\p{Lu}mwшщжюфы]/u.test(letter)) width += 0.72;
    else if (/\p{Extended_Pictographic}/u.test(letter)) width += 1.1;
    else width += 0.55;
  }
  return width;
}

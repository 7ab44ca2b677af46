import type { FarCards } from '@tessera/contract';

/** The form as it is typed. Addresses stand one a line. */
export type Draft = {
  addresses: string;
  language: FarCards['language'];
  restaurants: { code: string; venue: string }[];
  /** By the id of a level. */
  levels: Record<string, { discount: string; bonus: string }>;
};

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/;
const IPV6 = /^[0-9a-f:]*:[0-9a-f:.]*(?:\/(\d{1,3}))?$/i;
const CODE_MAX = 65_535;

export function draftOf(settings: FarCards): Draft {
  const text = (code: number | undefined) => (code === undefined ? '' : String(code));
  return {
    addresses: settings.addresses.join('\n'),
    language: settings.language,
    restaurants: Object.entries(settings.restaurants).map(([code, venue]) => ({ code, venue: String(venue) })),
    levels: Object.fromEntries(
      Object.entries(settings.levels).map(([id, codes]) => [
        id,
        { discount: text(codes.discount), bonus: text(codes.bonus) },
      ]),
    ),
  };
}

/** Whether it looks like an address or a network; the server has the last word. */
function isAddress(line: string): boolean {
  const four = IPV4.exec(line);
  if (four) return four.slice(1, 5).every((part) => Number(part) <= 255) && Number(four[5] ?? 0) <= 32;
  const six = IPV6.exec(line);
  return six !== null && Number(six[1] ?? 0) <= 128;
}

const whole = (text: string, most: number): number | null =>
  /^\d{1,9}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most ? Number(text) : null;
/** A code, nothing where the field is empty, null where it is no code. */
export const codeOf = (text: string): number | undefined | null =>
  text.trim() === '' ? undefined : whole(text, CODE_MAX);
const isEmpty = ({ code, venue }: Draft['restaurants'][number]) => code.trim() === '' && venue.trim() === '';
/** Whether a row can be read: both codes, or nothing at all. */
export const isRow = (row: Draft['restaurants'][number]): boolean =>
  isEmpty(row) || (/^[^\s]{1,50}$/.test(row.code.trim()) && whole(row.venue, 999_999_999) !== null);

/** The settings that the draft stands for, and the fields that cannot be read. */
export function settingsOf(draft: Draft): { settings: FarCards; wrong: readonly (keyof Draft)[] } {
  const addresses = draft.addresses.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  const rows = draft.restaurants.filter((row) => !isEmpty(row));
  const codes = new Set(rows.map(({ code }) => code.trim()));
  const levels = Object.entries(draft.levels).map(
    ([id, { discount, bonus }]) => [id, codeOf(discount), codeOf(bonus)] as const,
  );
  const wrong: (keyof Draft)[] = [];
  if (!addresses.every(isAddress)) wrong.push('addresses');
  if (!rows.every(isRow) || codes.size < rows.length) wrong.push('restaurants');
  if (levels.some(([, discount, bonus]) => discount === null || bonus === null)) wrong.push('levels');
  return {
    wrong,
    settings: {
      addresses,
      language: draft.language,
      restaurants: Object.fromEntries(rows.map(({ code, venue }) => [code.trim(), Number(venue)])),
      levels: Object.fromEntries(
        levels.flatMap(([id, discount, bonus]) =>
          discount || bonus ? [[id, { ...(discount ? { discount } : {}), ...(bonus ? { bonus } : {}) }]] : [],
        ),
      ),
    },
  };
}

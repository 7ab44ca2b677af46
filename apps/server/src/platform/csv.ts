import type { Language } from '@tessera/contract/messages';

/** How spreadsheets of a language read a file: Excel in Russian expects semicolons and a decimal comma. */
export type CsvStyle = { readonly delimiter: ',' | ';'; readonly decimal: '.' | ',' };

export const csvStyleOf = (language: Language): CsvStyle =>
  language === 'ru' ? { delimiter: ';', decimal: ',' } : { delimiter: ',', decimal: '.' };

/** With it Excel reads the file as UTF-8. */
export const CSV_BYTE_ORDER_MARK = '\uFEFF';

/** Minor units as a decimal number. */
export type DecimalCell = { readonly minor: bigint; readonly scale: number };
/** Text is guarded, numbers are not. */
export type CsvCell = string | number | DecimalCell | null;

/** One line with its end. */
export const csvRow = (cells: readonly CsvCell[], style: CsvStyle): string =>
  `${cells.map((cell) => quoteCell(toText(cell, style), style)).join(style.delimiter)}\r\n`;

function toText(cell: CsvCell, style: CsvStyle): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return guardCell(cell);
  return typeof cell === 'number' ? String(cell) : decimalText(cell, style);
}

export function decimalText({ minor, scale }: DecimalCell, { decimal }: Pick<CsvStyle, 'decimal'>): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return `${minor < 0n ? '-' : ''}${whole}${scale === 0 ? '' : decimal + digits.slice(-scale)}`;
}

/** What a spreadsheet would run as a formula gets an apostrophe, which it shows to nobody and takes for text. */
export const guardCell = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** The text of a cell that `guardCell` may have guarded. */
export const unguardCell = (text: string): string => (/^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text);

const quoteCell = (text: string, { delimiter }: CsvStyle): string =>
  /["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;

/**
 * What a cashier has typed as an amount, and what it means. Everything is text and integers: the typed text is turned into
 * minor units (kopecks) digit by digit, so no amount ever passes through a fraction of a number.
 *
 * Two habits are served. `comma`: «1250» is 1 250 roubles, kopecks come after a comma. `terminal`: as on a card terminal,
 * digits come in from the right and the last two are kopecks, «1250» is 12 roubles 50.
 */
export type EntryStyle = 'comma' | 'terminal';

/** In `comma` style: digits, then perhaps `,` and up to two digits. In `terminal` style: digits only. Empty when nothing is typed. */
export type EntryText = string;

/** A key of the keypad or of a keyboard. */
export type EntryKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '00' | ',' | 'back' | 'clear';

/** The largest amount of one sale, minor units: the limit of the wire. */
export const LARGEST_AMOUNT = 1_000_000_000_000;
const MINOR_DIGITS = 2;

/** Minor units of a typed text: 0 for an empty one. */
export function toMinor(text: EntryText, style: EntryStyle): number {
  if (style === 'terminal') return text === '' ? 0 : Number.parseInt(text, 10);
  const [whole = '', fraction = ''] = text.split(',');
  const digits = `${whole}${fraction.padEnd(MINOR_DIGITS, '0')}`;
  return Number.parseInt(digits, 10) || 0;
}

/** The shortest text that means this many minor units; the opposite of `toMinor`. */
export function fromMinor(minor: number, style: EntryStyle): EntryText {
  if (minor <= 0) return '';
  if (style === 'terminal') return String(minor);
  const digits = String(minor).padStart(MINOR_DIGITS + 1, '0');
  const fraction = digits.slice(-MINOR_DIGITS).replace(/^0+$/, '');
  const whole = digits.slice(0, -MINOR_DIGITS);
  return fraction === '' ? whole : `${whole},${fraction}`;
}

/** The text after one more key. A key that makes no sense here (a second comma, a third kopeck digit, too much money) changes nothing. */
export function press(text: EntryText, key: EntryKey, style: EntryStyle): EntryText {
  if (key === 'clear') return '';
  if (key === 'back') return text.slice(0, -1);
  if (key === ',') return addComma(text, style);
  let next = text;
  for (const digit of key) next = addDigit(next, digit, style);
  return next;
}

function addComma(text: EntryText, style: EntryStyle): EntryText {
  if (style === 'terminal' || text.includes(',')) return text;
  return text === '' ? '0,' : `${text},`;
}

function addDigit(text: EntryText, digit: string, style: EntryStyle): EntryText {
  if (style === 'terminal') {
    const next = `${text}${digit}`.replace(/^0+/, '');
    return fits(next, style) ? next : text;
  }
  const fraction = text.split(',')[1];
  if (fraction !== undefined && fraction.length >= MINOR_DIGITS) return text;
  const next = text === '0' ? digit : `${text}${digit}`;
  return fits(next, style) ? next.replace(/^0+(?=\d)/, '') : text;
}

function fits(text: EntryText, style: EntryStyle): boolean {
  // More digits than the limit has cannot fit; counting them first keeps the number an exact integer.
  return text.length <= 14 && toMinor(text, style) <= LARGEST_AMOUNT;
}

/**
 * An amount pasted or read from elsewhere: «1 250,50», «1250.5 ₽», «1,250.50». Null when it is not plainly one amount.
 * The last separator counts as the decimal one only when one or two digits follow it.
 */
export function fromPasted(pasted: string, style: EntryStyle): EntryText | null {
  const plain = pasted.trim().replace(/[\s\u00a0\u202f\u2009₽₸€$]/g, '');
  if (!/^\d[\d.,]{0,20}$/.test(plain)) return null;
  const decimal = /[.,](\d{1,2})$/.exec(plain);
  const whole = (decimal ? plain.slice(0, decimal.index) : plain).replace(/[.,](?=\d{3}(?:[.,]|$))/g, '');
  if (!/^\d{1,11}$/.test(whole)) return null;
  const text = `${whole.replace(/^0+(?=\d)/, '')}${decimal ? `,${decimal[1]}` : ''}`;
  const minor = toMinor(text, 'comma');
  return minor <= LARGEST_AMOUNT ? fromMinor(minor, style) : null;
}

/**
 * The text as it stands in the field while being typed, split so that the untyped part can be drawn quieter:
 * `comma` «1250,5» gives typed «1 250,5», rest «»; `terminal` «5» gives typed «0,05».
 */
export function groupTyped(text: EntryText, style: EntryStyle, separators: { group: string; decimal: string }): string {
  const shown = style === 'terminal' ? terminalAsComma(text) : text;
  const [whole = '', fraction] = shown.split(',');
  const grouped = (whole === '' ? '0' : whole).replace(/\B(?=(\d{3})+$)/g, separators.group);
  return fraction === undefined ? grouped : `${grouped}${separators.decimal}${fraction}`;
}

function terminalAsComma(text: EntryText): string {
  const digits = text.padStart(MINOR_DIGITS + 1, '0');
  return `${digits.slice(0, -MINOR_DIGITS)},${digits.slice(-MINOR_DIGITS)}`;
}

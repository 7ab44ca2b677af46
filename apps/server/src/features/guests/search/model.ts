const SEARCH_KEY_MAX = 80;

/** A text as searches compare it: small letters, «е» for «ё», the beginning of a long one. */
export const searchKey = (text: string): string =>
  [...text.trim().toLowerCase().replaceAll('ё', 'е')].slice(0, SEARCH_KEY_MAX).join('');

/** What somebody typed to find a guest, in every way that it can be meant. */
export type GuestSearch = {
  /** How an e-mail may begin; '' where no e-mail is looked for. */
  readonly key: string;
  /** How the number of a card, an e-mail of a sign-in or an id of another system may begin; '' likewise. */
  readonly text: string;
  /** How the E.164 digits of a phone may begin. */
  readonly phoneBeginnings: readonly string[];
  /** How a phone or the number of a card may end. */
  readonly ending: string | null;
  /** How the names begin, whichever is which, the longer word first; null where no name was typed. */
  readonly names: readonly [string, string] | null;
};

export function readGuestSearch(typed: string): GuestSearch {
  const text = typed.trim();
  const digits = digitsOf(text);
  return {
    key: searchKey(text),
    text,
    phoneBeginnings: digits === null ? [] : phoneBeginningsOf(digits),
    ending: digits,
    names: readNames(text),
  };
}

/** Only how the names begin: for who may not ask for more, such as a cashier. */
export const readNameSearch = (typed: string): GuestSearch => ({
  key: '',
  text: '',
  phoneBeginnings: [],
  ending: null,
  names: readNames(typed),
});

const LETTERS_MIN = 2;

/** The two longest words, longest first; null where there are digits or no word has two letters. */
function readNames(text: string): [string, string] | null {
  const words = searchKey(text).match(/[\p{L}\p{M}-]+/gu) ?? [];
  const [one, other = ''] = words.sort((left, right) => right.length - left.length);
  return /[\d@]/.test(text) || one === undefined || [...one].length < LETTERS_MIN ? null : [one, other];
}

const DIGITS_MIN = 4;

/** The digits of a number in any usual writing; null where something else was typed, or too few of them. */
function digitsOf(text: string): string | null {
  const digits = text.replace(/\D/g, '');
  return /^[\d\s()+.-]+$/.test(text) && digits.length >= DIGITS_MIN ? digits : null;
}

/** As they stand; where the national 8 of Russia and Kazakhstan or nothing at all stands for their 7, with the 7. */
function phoneBeginningsOf(digits: string): string[] {
  if (digits.startsWith('8')) return [digits, `7${digits.slice(1)}`];
  return digits.startsWith('9') ? [digits, `7${digits}`] : [digits];
}

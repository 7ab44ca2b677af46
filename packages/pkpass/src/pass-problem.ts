/** Everything the validators find. Sentences for people are made elsewhere from code and params. */
export const passProblemCodes = [
  /** A required key is missing. */
  'required',
  /** Another JSON type: `expected`. Wallet drops or refuses it, or an app crashes on it. */
  'wrong_type',
  /** A text that must not be empty. */
  'empty',
  /** A value outside a fixed list: `value`. */
  'not_allowed',
  /** A number outside `from` to `to`. */
  'out_of_range',
  /** More entries than Wallet takes: `limit`, `count`. */
  'too_many',
  /** A key Wallet does not know; it is ignored. */
  'unknown_key',
  /** No style key. */
  'style_missing',
  /** More than one style key: `styles`. */
  'style_several',
  /** Pass types begin with `pass.` and consist of letters, digits, dots and hyphens. */
  'pass_type_format',
  /** Teams have 10 capital letters and digits. */
  'team_format',
  /** Serials travel in addresses: letters, digits, `_`, `-`, at most 64. */
  'serial_format',
  /** The pass and the signing certificate name different pass types: `expected`, `actual`. */
  'pass_type_mismatch',
  /** The pass and the signing certificate name different teams: `expected`, `actual`. */
  'team_mismatch',
  /** NFC or personalisation with an ordinary certificate: the whole pass is refused. */
  'nfc_not_allowed',
  /** NFC message above 64 bytes is cut: `bytes`. */
  'nfc_message_too_long',
  /** Not Base64 of a P-256 public key. */
  'nfc_key_invalid',
  /** Colours are `rgb(r, g, b)` with 0 to 255. */
  'color_format',
  /** Dates are `YYYY-MM-DDTHH:MM[:SS]` with `Z` or an offset; a malformed one makes the pass unreadable. */
  'date_format',
  /** Not an address. */
  'url_invalid',
  /** Phones call https only. */
  'url_not_https',
  /** Ends with a slash, or with the `/v1` that the phone appends itself. */
  'url_ending',
  /** `webServiceURL` without `authenticationToken`. */
  'token_missing',
  /** The token needs 16 characters: `length`. */
  'token_too_short',
  /** `authenticationToken` without `webServiceURL`: the card will never update. */
  'token_without_url',
  /** The same field key twice in the style: `first` is the other path. */
  'field_key_duplicate',
  /** The message lacks `%@`, so the phone shows nothing useful. */
  'change_message_placeholder',
  /** Several fields with a change message: if two change at once the guest reads only "card changed": `count`. */
  'change_message_several',
  /** `currencyCode` together with `numberStyle`. */
  'currency_with_number_style',
  /** Three capital letters of ISO 4217. */
  'currency_format',
  /** `numberStyle` or `currencyCode` want a number, `dateStyle` and `timeStyle` a date. */
  'value_style_mismatch',
  /** Ignored in this group: `textAlignment` in primary and back fields, `row` outside auxiliary fields. */
  'field_option_ignored',
  /** Markup other than `<a href>`. */
  'markup_ignored',
  /** More fields than the front has room for are not drawn: `limit`, `count`. */
  'fields_not_shown',
  /** Characters that the message encoding does not have: `character`, `encoding`. */
  'barcode_not_encodable',
  /** Not 13 digits, or letters the code type does not have. */
  'barcode_characters',
  /** The last digit of an EAN-13 must be `expected`. */
  'barcode_check_digit',
  /** Older phones or the watch cannot draw this format and no other follows. */
  'barcode_fallback_missing',
  /** Store cards and coupons know relevance by place only. */
  'relevance_ignored',
  /** `appLaunchURL` without `associatedStoreIdentifiers`. */
  'app_without_store_identifier',
  /** No `icon.png` in any resolution: Wallet refuses the pass without a word. */
  'icon_missing',
  /** A resolution is missing: `name`. */
  'resolution_missing',
  /** A picture at the top of the bundle wins over this one of a language: `name`. */
  'localized_image_hidden',
  /** Another language has no such picture: `name`. */
  'localized_image_missing',
  /** Not a PNG. */
  'image_not_png',
  /** Smaller than the place it fills: `width`, `height`, `minWidth`, `minHeight`. */
  'image_too_small',
  /** Larger than needed: `width`, `height`, `maxWidth`, `maxHeight`; costs bytes, is scaled down. */
  'image_too_large',
  /** Not a file name Wallet looks for. */
  'file_unknown',
] as const;

export type PassProblemCode = (typeof passProblemCodes)[number];

export type PassProblem = {
  /** Where: `storeCard.headerFields[0].value`, `barcodes[1]`, a file name, or empty for the pass as a whole. */
  readonly path: string;
  readonly code: PassProblemCode;
  /** Errors make the pass or a part of it unusable; warnings lose something. */
  readonly severity: 'error' | 'warning';
  readonly params: Readonly<Record<string, string | number>>;
};

type Params = PassProblem['params'];

/** Collects problems; one per validation. */
export type ProblemList = {
  readonly problems: readonly PassProblem[];
  readonly error: (path: string, code: PassProblemCode, params?: Params) => void;
  readonly warn: (path: string, code: PassProblemCode, params?: Params) => void;
};

/** A pass full of mistakes is reported up to here; nobody reads more. */
const problemLimit = 200;

export function makeProblemList(): ProblemList {
  const problems: PassProblem[] = [];
  const add = (severity: PassProblem['severity'], path: string, code: PassProblemCode, params: Params = {}): void => {
    if (problems.length < problemLimit) problems.push({ path, code, severity, params });
  };
  return {
    problems,
    error: (path, code, params) => add('error', path, code, params),
    warn: (path, code, params) => add('warning', path, code, params),
  };
}

/** What can be wrong with a design, and how bad it is. The sentences are `design.problem` of the server's catalogue. */
const designProblems = {
  empty: 'error',
  colour_format: 'error',
  contrast_low: 'warning',
  field_key_duplicate: 'error',
  field_key_format: 'error',
  field_empty: 'warning',
  change_message_several: 'warning',
  change_message_placeholder: 'error',
  format_not_fitting: 'warning',
  fields_not_shown: 'warning',
  text_without_field: 'warning',
  translation_missing: 'warning',
  texts_of_first_language: 'warning',
  variable_unknown: 'warning',
  variable_circular: 'error',
  variable_without_field: 'warning',
  token_shown: 'error',
  image_not_shown: 'warning',
  /** A picture in a language that the design does not speak, or in its first one. */
  image_language_unknown: 'error',
  icon_missing: 'error',
  images_conflict: 'warning',
  poster_without_artwork: 'warning',
  picture_missing: 'error',
  picture_unfit: 'error',
  poster_field_unknown: 'error',
  poster_field_twice: 'error',
  dates_ignored: 'warning',
  date_span: 'error',
  url_invalid: 'error',
  app_without_store: 'error',
  grouping_ignored: 'warning',
  nfc_not_allowed: 'error',
  nfc_without_certificate: 'warning',
  nfc_message_long: 'error',
  nfc_key_invalid: 'error',
  nfc_shared: 'warning',
  barcode_other_format: 'warning',
  code_minutes: 'error',
  expired: 'warning',
  text_truncated: 'warning',
  phone_refuses: 'error',
} as const satisfies Record<string, 'error' | 'warning'>;

export type DesignProblemCode = keyof typeof designProblems;

export type DesignProblem = {
  /** Where in the body: `fields/header/0/value`, `texts/en`, `images/icon`. */
  readonly path: string;
  readonly code: DesignProblemCode;
  readonly severity: 'error' | 'warning';
  readonly parameters: Readonly<Record<string, string | number>>;
};

export type DesignSurroundings = {
  readonly now: Temporal.Instant;
  /** Whether the certificate may sign cards with NFC; null: the design has none yet. */
  readonly nfcCapable: boolean | null;
};

export type Found = readonly DesignProblem[];

export const problem = (
  path: string,
  code: DesignProblemCode,
  parameters: DesignProblem['parameters'] = {},
): DesignProblem => ({ path, code, severity: designProblems[code], parameters });

export const isError = ({ severity }: Pick<DesignProblem, 'severity'>): boolean => severity === 'error';

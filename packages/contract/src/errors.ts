/**
 * Every refusal that can cross a process border, in one table: HTTP status and whether the same call may be
 * sent again unchanged. The sentence a person reads is `errors.<code>` in the catalogues, in both languages.
 */
export const errors = {
  // The request itself
  invalid_request: { status: 400, retryable: false },
  invalid_phone: { status: 400, retryable: false },
  amount_invalid: { status: 400, retryable: false },
  /** Only in the demo: its clock moves forward, by years at the most. */
  clock_advance_invalid: { status: 400, retryable: false },
  address_invalid: { status: 400, retryable: false },
  sms_key_missing: { status: 400, retryable: false },
  sms_account_not_found: { status: 404, retryable: false },
  not_found: { status: 404, retryable: false },
  body_too_large: { status: 413, retryable: false },
  unsupported_media_type: { status: 415, retryable: false },
  too_many_requests: { status: 429, retryable: true },
  internal: { status: 500, retryable: true },
  /** For a writing call without a key: nobody knows whether it was written. No 5xx, which clients repeat by themselves. */
  outcome_unknown: { status: 409, retryable: false },
  unavailable: { status: 503, retryable: true },
  // Who is asking
  unauthorized: { status: 401, retryable: false },
  wrong_credentials: { status: 401, retryable: false },
  forbidden: { status: 403, retryable: false },
  forbidden_origin: { status: 403, retryable: false },
  // Idempotency
  in_progress: { status: 409, retryable: true },
  idempotency_mismatch: { status: 409, retryable: false },
  check_guid_reused: { status: 409, retryable: false },
  // Accounts
  account_not_found: { status: 404, retryable: false },
  other_programme: { status: 409, retryable: false },
  account_exists: { status: 400, retryable: false },
  account_blocked: { status: 409, retryable: false },
  /** The guest was erased: nothing opens the account again. */
  account_closed: { status: 409, retryable: false },
  /** A deposit is the guest's own money: it is paid out before he is erased. */
  deposit_not_empty: { status: 409, retryable: false },
  /** The visit of this business day has been counted. */
  already_visited: { status: 409, retryable: false },
  /** This card of stamps is stamped by sales only, or has had its stamps of the day. */
  stamp_needs_sale: { status: 409, retryable: false },
  stamp_limit: { status: 409, retryable: false },
  name_too_short: { status: 400, retryable: false },
  identifier_taken: { status: 409, retryable: false },
  guest_not_found: { status: 404, retryable: false },
  programme_not_found: { status: 404, retryable: false },
  group_not_found: { status: 404, retryable: false },
  group_without_template: { status: 400, retryable: false },
  // Programmes and their rules
  programme_limit: { status: 409, retryable: false },
  draft_changed: { status: 409, retryable: false },
  draft_contradictory: { status: 409, retryable: false },
  simulations_under_way: { status: 409, retryable: true },
  draft_same_as_live: { status: 409, retryable: false },
  publication_scheduled: { status: 409, retryable: false },
  publication_not_scheduled: { status: 409, retryable: false },
  publish_at_invalid: { status: 400, retryable: false },
  rules_version_not_found: { status: 404, retryable: false },
  rules_version_live: { status: 409, retryable: false },
  group_exists: { status: 409, retryable: false },
  group_limit: { status: 409, retryable: false },
  group_template_invalid: { status: 400, retryable: false },
  // Money and points
  insufficient_points: { status: 409, retryable: false },
  over_spend_limit: { status: 409, retryable: false },
  below_minimum: { status: 409, retryable: false },
  daily_count: { status: 409, retryable: false },
  not_a_step: { status: 409, retryable: false },
  hold_gone: { status: 409, retryable: false },
  hold_expired: { status: 409, retryable: false },
  over_hold: { status: 409, retryable: false },
  hold_repeated: { status: 409, retryable: false },
  unknown_level: { status: 404, retryable: false },
  insufficient_deposit: { status: 409, retryable: false },
  deposit_exceeds_due: { status: 409, retryable: false },
  unknown_wallet: { status: 404, retryable: false },
  value_invalid: { status: 400, retryable: false },
  check_empty: { status: 400, retryable: false },
  line_repeated: { status: 400, retryable: false },
  lines_do_not_sum: { status: 400, retryable: false },
  occurred_in_future: { status: 400, retryable: false },
  birthday_not_set: { status: 409, retryable: false },
  birthday_not_due: { status: 409, retryable: false },
  welcome_not_set: { status: 409, retryable: false },
  welcome_already_given: { status: 409, retryable: false },
  // Coupons and certificates
  coupon_unknown: { status: 404, retryable: false },
  coupon_expired: { status: 409, retryable: false },
  coupon_not_yet_valid: { status: 409, retryable: false },
  coupon_wrong_time: { status: 409, retryable: false },
  coupon_wrong_venue: { status: 409, retryable: false },
  coupon_wrong_guest: { status: 409, retryable: false },
  already_used: { status: 409, retryable: false },
  coupon_limit_reached: { status: 409, retryable: false },
  coupon_minimum_check: { status: 409, retryable: false },
  coupon_no_goods: { status: 409, retryable: false },
  coupon_not_combinable: { status: 409, retryable: false },
  coupon_reserved: { status: 409, retryable: true },
  coupon_voided: { status: 409, retryable: false },
  coupon_needs_check: { status: 409, retryable: false },
  coupon_kind_not_found: { status: 404, retryable: false },
  coupon_code_taken: { status: 409, retryable: false },
  not_with_points: { status: 409, retryable: false },
  certificate_unknown: { status: 404, retryable: false },
  certificate_blocked: { status: 409, retryable: false },
  certificate_short: { status: 409, retryable: false },
  certificate_over_check: { status: 409, retryable: false },
  // Returns
  check_not_found: { status: 404, retryable: false },
  nothing_to_return: { status: 409, retryable: false },
  return_exceeds_sold: { status: 409, retryable: false },
  unknown_line: { status: 409, retryable: false },
  // Coalition
  partner_not_found: { status: 404, retryable: false },
  name_taken: { status: 409, retryable: false },
  limit_reached: { status: 409, retryable: false },
  // Settings of a programme
  settings_invalid: { status: 400, retryable: false },
  // Receipts
  receipts_not_taken: { status: 409, retryable: false },
  receipt_unreadable: { status: 400, retryable: false },
  receipt_limit: { status: 409, retryable: false },
  receipt_not_found: { status: 404, retryable: false },
  receipt_decided: { status: 409, retryable: false },
  receipt_duplicate: { status: 409, retryable: false },
  receipt_pos_check: { status: 409, retryable: false },
  photo_unreadable: { status: 400, retryable: false },
  // Imports
  import_not_found: { status: 404, retryable: false },
  import_not_now: { status: 409, retryable: false },
  import_incomplete: { status: 409, retryable: false },
  import_unreadable: { status: 400, retryable: false },
  // Phone codes
  code_wrong: { status: 400, retryable: false },
  /** A genuine code that the card showed before: a picture of it, or a phone that shows an old card. */
  card_code_old: { status: 400, retryable: false },
  /** The last day of the card is over. */
  card_ended: { status: 400, retryable: false },
  code_expired: { status: 400, retryable: false },
  code_spent: { status: 429, retryable: false },
  code_too_often: { status: 429, retryable: true },
  /** After too many wrong codes: with the seconds to wait. */
  codes_wait: { status: 429, retryable: true },
  /** The till may not find a guest by his phone alone. */
  pin_needed: { status: 409, retryable: false },
  guest_has_no_phone: { status: 409, retryable: false },
  /** No channel works. Said of known and unknown phones alike. */
  pin_not_sent: { status: 409, retryable: true },
  // Prepared cards
  card_range_not_found: { status: 404, retryable: false },
  card_range_numbers: { status: 400, retryable: false },
  card_range_guessable: { status: 400, retryable: false },
  card_range_full: { status: 409, retryable: false },
  card_numbers_exist: { status: 409, retryable: false },
  card_number_elsewhere: { status: 409, retryable: false },
  card_number_repeated: { status: 409, retryable: false },
  card_number_invalid: { status: 400, retryable: false },
  card_none_free: { status: 409, retryable: false },
  card_unknown: { status: 404, retryable: false },
  card_taken: { status: 409, retryable: false },
  card_blocked: { status: 409, retryable: false },
  card_not_at_till: { status: 409, retryable: false },
  card_range_over: { status: 409, retryable: false },
  card_already_held: { status: 409, retryable: false },
  card_guest_known: { status: 409, retryable: false },
  card_name_needed: { status: 400, retryable: false },
  card_birthday_needed: { status: 400, retryable: false },
  // Tills: stations and who signs in there
  station_not_found: { status: 404, retryable: false },
  station_not_paired: { status: 401, retryable: false },
  pairing_over: { status: 400, retryable: false },
  pin_wrong: { status: 401, retryable: false },
  pin_locked: { status: 429, retryable: false },
  pin_station_waits: { status: 429, retryable: false },
  pin_trivial: { status: 400, retryable: false },
  sale_too_late: { status: 409, retryable: false },
  kept_sale_not_found: { status: 404, retryable: false },
  staff_not_found: { status: 404, retryable: false },
  staff_needs_email: { status: 400, retryable: false },
  staff_needs_way_in: { status: 400, retryable: false },
  email_taken: { status: 409, retryable: false },
  last_owner: { status: 409, retryable: false },
  own_access: { status: 409, retryable: false },
  // Wallet
  form_not_found: { status: 404, retryable: false },
  /** Put away, or not ready yet: no consent's text, no group that opens accounts. */
  form_closed: { status: 410, retryable: false },
  form_id_invalid: { status: 400, retryable: false },
  form_id_reserved: { status: 400, retryable: false },
  /** In this installation, by whichever company. */
  form_id_taken: { status: 409, retryable: false },
  form_changed: { status: 409, retryable: false },
  form_limit: { status: 409, retryable: false },
  form_source_limit: { status: 409, retryable: false },
  form_design_not_found: { status: 404, retryable: false },
  /** Group and design belong to different programmes. */
  form_other_programme: { status: 409, retryable: false },
  form_question_invalid: { status: 400, retryable: false },
  card_not_found: { status: 404, retryable: false },
  push_service_unknown: { status: 400, retryable: false },
  /** Somebody else has saved the design meanwhile. */
  design_changed: { status: 409, retryable: false },
  /** What is wrong is told in `fields`. */
  design_invalid: { status: 400, retryable: false },
  /** Of the cards that were asked for none can stand on paper. */
  nothing_to_print: { status: 409, retryable: false },
  design_archived: { status: 409, retryable: false },
  /** It has cards, and nobody said what becomes of them. */
  design_has_cards: { status: 409, retryable: false },
  /** Forms or levels give it out. */
  design_in_use: { status: 409, retryable: false },
  /** The cards cannot become those of the other design. */
  design_other_kind: { status: 409, retryable: false },
  picture_unreadable: { status: 400, retryable: false },
  picture_too_large: { status: 400, retryable: false },
  pass_not_found: { status: 404, retryable: false },
  pass_exists: { status: 409, retryable: false },
  pass_changed: { status: 409, retryable: false },
  pass_replaced: { status: 409, retryable: false },
  pass_field_unknown: { status: 400, retryable: false },
  pass_owner_missing: { status: 400, retryable: false },
  serial_invalid: { status: 400, retryable: false },
  serial_taken: { status: 409, retryable: false },
  design_by_level: { status: 409, retryable: false },
  pass_operation_not_found: { status: 404, retryable: false },
  pass_operation_state: { status: 409, retryable: false },
  /** `max`: so many wait already. */
  pass_operation_queue: { status: 409, retryable: true },
  /** An operation is taken back only when none is at work. */
  pass_operation_limit: { status: 409, retryable: true },
  campaign_not_found: { status: 404, retryable: false },
  campaign_state: { status: 409, retryable: false },
  /** No such day, over already, or more than a year away. */
  campaign_hour: { status: 400, retryable: false },
  /** Its hour passed while the server was off. */
  campaign_late: { status: 409, retryable: false },
  picture_not_found: { status: 400, retryable: false },
  credential_incomplete: { status: 409, retryable: false },
  credential_refused: { status: 400, retryable: false },
  /** The company has no Google Wallet, has switched it off, or Google refuses it. */
  google_wallet_off: { status: 404, retryable: false },
  google_account_invalid: { status: 400, retryable: false },
  pass_bundle_not_found: { status: 404, retryable: false },
  /** A set of this name has other designs. */
  pass_bundle_exists: { status: 409, retryable: false },
  /** `why`: count, twice, unknown, other_programme. */
  pass_bundle_designs: { status: 400, retryable: false },
  wallet_relay_key_missing: { status: 400, retryable: false },
  pass_type_taken: { status: 409, retryable: false },
} as const satisfies Record<string, { status: number; retryable: boolean }>;

export type ErrorCode = keyof typeof errors;

/** Numbers and names a sentence needs; amounts are minor units as decimal strings. */
export type RefusalParams = Readonly<Record<string, string | number | boolean | null>>;

/** An expected refusal: a value, never thrown. */
export type Refusal = { readonly code: ErrorCode; readonly params?: RefusalParams };

/** What a use case answers: its result, or why not. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export const succeed = <T>(value: T): Result<T> => ({ ok: true, value });
export const refuse = (code: ErrorCode, params?: RefusalParams): { ok: false; refusal: Refusal } => ({
  ok: false,
  refusal: params ? { code, params } : { code },
});

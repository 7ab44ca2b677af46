import { MAX_AMOUNT } from './amounts.ts';

/** Every way in which a command can be declined. Numbers for a sentence stand in `params`. */
export const REFUSAL_CODES = [
  /** params: field, value, maximum. Negative, zero where something is needed, or above 10^12. */
  'amount_invalid',
  /** params: field, value. A quantity, a term or an instant that makes no sense. */
  'value_invalid',
  /** A check without lines, or with nothing on it at all. */
  'check_empty',
  /** params: lineId. Two lines of one check, or of one return, carry the same id. */
  'line_repeated',
  /** params: lines, expected. The lines of a reported check do not add up to what was paid. */
  'lines_do_not_sum',
  /** params: occurredAt, now. The till's clock is more than a day ahead. */
  'occurred_in_future',
  'account_blocked',
  /** The account is closed for ever. */
  'account_closed',
  /** params: wallet, available. A deposit is the member's own money: it is paid out before the account is closed. */
  'deposit_not_empty',
  /** params: day. The visit of this business day has been counted, by itself or by a check. */
  'already_visited',
  /** params: available, wanted, missing. */
  'insufficient_points',
  /** params: limit, wanted, reason. */
  'over_spend_limit',
  /** params: minimum, wanted, missing. */
  'below_minimum',
  /** params: limit, used. No further check of this day may be paid with points. */
  'daily_count',
  /** params: step, wanted. */
  'not_a_step',
  /** params: key, end, checkId. No such hold is open: captured by that check, released, or never heard of. */
  'hold_gone',
  /** params: key. The hold has timed out; its points are back. */
  'hold_expired',
  /** params: held, wanted, missing. */
  'over_hold',
  /** params: key. A hold of this key exists with another amount, or has ended. */
  'hold_repeated',
  /** params: wallet. The rules have no such wallet, or none of the kind that is needed. */
  'unknown_wallet',
  /** params: level. The rules have no such level. */
  'unknown_level',
  /** params: wanted. An offer of the check does not let points be spent beside it. */
  'not_with_points',
  /** params: wanted, money. A certificate pays no more than the check costs in money. */
  'certificate_over_check',
  'certificate_blocked',
  /** params: balance, wanted, missing. */
  'certificate_short',
  /** params: available, wanted, missing; money. */
  'insufficient_deposit',
  /** params: due, wanted; money. A deposit pays no more than is left to pay in money. */
  'deposit_exceeds_due',
  'nothing_to_return',
  /** params: lineId, remaining, wanted. */
  'return_exceeds_sold',
  /** params: lineId. */
  'unknown_line',
  'birthday_not_set',
  /** params: from. The window of the next present opens then: none is open, or this year's was given or filled too late. */
  'birthday_not_due',
  'welcome_not_set',
  'welcome_already_given',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export type RefusalParams = Readonly<Record<string, string | number | bigint>>;
export type Refusal = { readonly code: RefusalCode; readonly params: RefusalParams };

export function refusal(code: RefusalCode, params: RefusalParams = {}): Refusal {
  return { code, params };
}

/** Checks one amount of a command; `least` is 0 or 1. Answers `null` when it is in order. */
export function refuseAmount(field: string, value: bigint | undefined, least: 0n | 1n): Refusal | null {
  if (value === undefined || (value >= least && value <= MAX_AMOUNT)) return null;
  return refusal('amount_invalid', { field, value, maximum: MAX_AMOUNT });
}

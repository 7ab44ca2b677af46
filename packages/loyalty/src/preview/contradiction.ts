export const CONTRADICTION_CODES = [
  // The points themselves
  'spending_off',
  'minimum_above_limit',
  'step_above_limit',
  'burns_before_active',
  'level_rate_falls',
  // Rules of earning
  'level_rates_unused',
  'rule_never_on_these_days',
  'rule_over',
  'rule_hours_whole_day',
  'rule_goods_excluded',
  'rule_bonus_above_cap',
  'rule_changes_nothing',
  'cap_never_reached',
  'cap_gives_nothing',
  // What the company has to have
  'coupon_kind_missing',
  'coupon_kind_stopped',
  'coupon_kind_not_personal',
  'level_design_missing',
  'rule_budget_missing',
  // The type of the programme
  'kind_earns_by_itself',
  'kind_needs_earning',
  'kind_needs_stamps',
  'kind_needs_discount',
  'kind_needs_matrix',
  'kind_discount_by_venue',
] as const;
export type ContradictionCode = (typeof CONTRADICTION_CODES)[number];

/** Settings that are each right and cannot be right together. */
export type Contradiction = {
  readonly code: ContradictionCode;
  readonly path: string;
  /** An `error` keeps the rules from being published; a `warning` is worth a look. */
  readonly severity: 'error' | 'warning';
  /** What a sentence needs: names as text, amounts as minor units. */
  readonly params: Readonly<Record<string, string | number | bigint>>;
};

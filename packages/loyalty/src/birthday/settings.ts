/** The present of a programme for a birthday. */
export type BirthdayGift = {
  /** Points. */
  readonly amount: bigint;
  /** It can be spent from so many days before the birthday to so many days after it, both inclusive. */
  readonly daysBefore: number;
  readonly daysAfter: number;
  /** The birthday has to have stood in the profile for so many days, else the present comes next year. */
  readonly filledDaysAhead: number;
};

import type { Language } from '@tessera/contract/messages';

export type Sex = 'male' | 'female';

export type Profile = {
  firstName: string;
  lastName: string;
  middleName: string;
  /** YYYY-MM-DD. */
  birthday: string | null;
  sex: Sex | null;
  email: string | null;
  language: Language;
};

export type IdentifierKind = 'phone' | 'email' | 'card' | 'external';
export type Identifier = {
  kind: IdentifierKind;
  /** A phone is E.164 digits without plus. */
  value: string;
  main: boolean;
  verifiedAt: Temporal.Instant | null;
};

/** `note`: what whoever serves the guest should know; '' for nothing. */
export type Guest = Profile & { guestId: number; note: string; identifiers: Identifier[] };

export type ConsentPurpose = 'personal_data' | 'marketing';
export type Consent = {
  purpose: ConsentPurpose;
  textVersion: string;
  language: Language;
  /** Where it was given, e.g. «form:main». */
  source: string;
  address: string | null;
  agent: string | null;
  givenAt: Temporal.Instant;
};

/** «Имя Фамилия», as far as known: how a guest is called everywhere. */
export const fullName = (profile: Pick<Profile, 'firstName' | 'lastName'>): string =>
  [profile.firstName, profile.lastName].filter(Boolean).join(' ');

/** A name for a till that a queue can read: «Мария П.». */
export function shortName({ firstName, lastName }: Pick<Profile, 'firstName' | 'lastName'>): string {
  if (!firstName) return lastName;
  return lastName ? `${firstName} ${[...lastName][0]}.` : firstName;
}

/** A birthday on 29 February is celebrated on 28 February in common years. */
export function hasBirthday(birthday: string | null, today: Temporal.PlainDate): boolean {
  if (!birthday) return false;
  const born = Temporal.PlainDate.from(birthday);
  const celebrated = born.toPlainMonthDay().toPlainDate({ year: today.year });
  return celebrated.equals(today);
}

import type { Language } from '@tessera/contract/messages';

/** A company: one customer of the installation, with its own guests, rules and cards. */
export type Company = {
  companyId: number;
  name: string;
  language: Language;
  /** ISO 4217. */
  currency: string;
  /** IANA time zone: every day of the company begins and ends there. */
  timeZone: string;
  /** ISO 3166-1 alpha-2: how phones are read when their country code is missing. */
  country: string;
  settings: CompanySettings;
  demo: boolean;
};

export type CompanySettings = {
  /** What a repeated ProBonus checkGuid with other sums gets: a conflict, or the first answer (old integrators). */
  reusedCheckGuid?: 'conflict' | 'first_answer';
};

export type NewCompany = Omit<Company, 'companyId' | 'settings'> & { settings?: CompanySettings };

/** A restaurant or shop; `code` is what tills call it (restCode). */
export type Venue = { code: number; name: string };

/** Where a venue is, degrees, and what a lock screen says near it. */
export type VenuePlace = { readonly latitude: number; readonly longitude: number; readonly text: string };
/** null: nobody has told where it is. */
export type PlacedVenue = Venue & { readonly place: VenuePlace | null };

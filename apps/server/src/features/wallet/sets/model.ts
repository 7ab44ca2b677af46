import { passSetLimits } from '@tessera/pkpass';

/** So many cards a phone takes at once, of Apple's kind and of Google's. */
export const SET_CARDS_MAX = passSetLimits.passes;

/** Several designs that a guest gets by one link: a card, a coupon, a gift card. */
export type PassSet = {
  readonly setId: number;
  readonly name: string;
  readonly programmeId: number;
  /** In the order in which a phone shows the cards. */
  readonly designIds: readonly number[];
  readonly archivedAt: Temporal.Instant | null;
  readonly createdAt: Temporal.Instant;
};

/** What became of a set: guests that have its link, those who have opened it, all times, and how cards were taken. */
export type SetNumbers = {
  readonly links: number;
  readonly opened: number;
  readonly opens: number;
  readonly appleFiles: number;
  readonly googleLinks: number;
};

/** A guest's own link to a set; without a set: to all cards that he has. */
export type SetLink = {
  readonly guid: string;
  readonly setId: number | null;
  readonly accountId: number;
  readonly opens: number;
  readonly lastOpenedAt: Temporal.Instant | null;
};

/** How somebody who follows a link takes the cards. */
export type SetWay = 'page' | 'apple' | 'google';

export const setPath = (guid: string): string => `/set/${guid}`;

/** Two names are one where only capitals and spaces differ. */
export const nameKey = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase();

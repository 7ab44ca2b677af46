import type { TillRecent } from '@tessera/contract';

/** A sale of the recent list. */
export type RecentSale = TillRecent['items'][number];

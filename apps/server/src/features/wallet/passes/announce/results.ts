import type { Tenant } from '../../../../platform/database/index.ts';
import { type AnnouncementResults, selectAnnouncementsSince, selectResults } from './reach.store.ts';

const NOTHING: AnnouncementResults = {
  cards: 0,
  phones: { cards: 0, fetched: 0 },
  google: { cards: 0, notified: 0, silent: 0, waiting: 0, refused: 0 },
  browsers: 0,
  nowhere: 0,
};

/** What became of a message so far; null: it has not begun. */
export const announcementResults = (tenant: Tenant, bulkId: number | null): Promise<AnnouncementResults> =>
  bulkId === null ? Promise.resolve(NOTHING) : selectResults(tenant, tenant.companyId, bulkId);

/** The messages of campaigns that have begun since then, as changes of many cards. */
export const announcementsSince = (tenant: Tenant, since: Temporal.Instant): Promise<number[]> =>
  selectAnnouncementsSince(tenant, tenant.companyId, since);

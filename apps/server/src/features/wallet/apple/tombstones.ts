import type { Tenant } from '../../../platform/database/index.ts';
import type { PassRecord } from '../model.ts';
import { deleteOldCodes } from '../store/card-codes.ts';
import { deleteRegistrationsOfTombstones } from '../store/tombstones.ts';
import type { Wallet } from '../wallet.ts';

/**
 * So long a deleted card goes on telling phones that it ended: they may be off for months, and an answer that they take
 * for an error would leave the old card with everything personal on them.
 */
const TOMBSTONE_DAYS = 180;
/** So long a text that a card showed before leads to it: in a phone that was off, on paper. */
const OLD_CODE_DAYS = 180;

/** Whether a deleted card is no card any more, to phones neither. */
export const isGone = ({ deletedAt }: Pick<PassRecord, 'deletedAt'>, now: Temporal.Instant): boolean =>
  deletedAt !== null && Temporal.Instant.compare(now, deletedAt.add({ hours: 24 * TOMBSTONE_DAYS })) >= 0;

/** Forgets which phones held cards that are gone. */
export async function clearTombstones({ clock }: Pick<Wallet, 'clock'>, tenant: Tenant): Promise<void> {
  await deleteRegistrationsOfTombstones(tenant, clock.now().subtract({ hours: 24 * TOMBSTONE_DAYS }));
}

/** Forgets what has to do with cards no more, for all companies, once a night. */
export async function clearAllTombstones(wallet: Wallet): Promise<void> {
  for (const companyId of await wallet.directory.companies()) {
    const tenant = wallet.database.tenant(companyId);
    await clearTombstones(wallet, tenant);
    await deleteOldCodes(tenant, companyId, wallet.clock.now().subtract({ hours: 24 * OLD_CODE_DAYS }));
  }
}

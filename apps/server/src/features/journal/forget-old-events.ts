import type { Platform } from '../../platform/context.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { KEEP_DAYS } from './model.ts';
import { deleteEvents, selectKeepDays } from './store.ts';

const BATCH = 5_000;

/** Forgets what is older than the company keeps, in batches: no statement holds a million rows. */
export async function forgetOldEvents({ clock }: Pick<Platform, 'clock'>, tenant: Tenant): Promise<number> {
  const days = (await selectKeepDays(tenant)) ?? KEEP_DAYS.usual;
  const before = clock.now().subtract({ hours: days * 24 });
  for (let total = 0; ; ) {
    const deleted = await deleteEvents(tenant, before, BATCH);
    total += deleted;
    if (deleted < BATCH) return total;
  }
}

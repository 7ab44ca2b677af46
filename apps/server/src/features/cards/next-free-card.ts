import type { Tenant } from '../../platform/database/index.ts';
import type { CardsPlatform } from './activate-card.ts';
import { isOpen } from './model.ts';
import { selectCards, selectRanges } from './store.ts';

const RANGES = 20;

/**
 * The next number to hand out: of this range, or of the newest one that tills hand out. Whoever was too slow for one asks
 * for the one after it.
 */
export async function nextFreeCard(
  platform: CardsPlatform,
  tenant: Tenant,
  { rangeId, tries }: { rangeId: number | null; tries: number },
): Promise<string | null> {
  const { timeZone } = await platform.companies.of(tenant);
  const today = platform.clock.now().toZonedDateTimeISO(timeZone).toPlainDate();
  const wanted = rangeId === null ? { limit: RANGES } : { rangeId, limit: 1 };
  const ranges = await selectRanges(tenant, wanted);
  const range = ranges.find((one) => one.free > 0 && one.settings.atTill && isOpen(one, today));
  if (!range) return null;
  const free = await selectCards(tenant, { rangeId: range.rangeId, state: 'free', after: '', limit: tries + 1 });
  return free.at(-1)?.number ?? null;
}

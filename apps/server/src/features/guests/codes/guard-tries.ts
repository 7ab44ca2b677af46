import { type Result, refuse, type TillSettings } from '@tessera/contract';
import type { Platform } from '../../../platform/context.ts';
import type { Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import { lockCodes } from './codes.store.ts';
import { afterWrong, secondsToWait, type TryLimit } from './model.ts';
import { deleteOldTries, selectTries, upsertTries } from './tries.store.ts';

const LONGEST_WINDOW_HOURS = 24;

/** Who tries codes: a till, or a person or program without one. */
export const stationLimit = (asker: string, { wrong }: Pick<TillSettings, 'wrong'>): TryLimit => ({
  subject: asker,
  most: wrong.perStationAnHour,
  windowHours: 1,
  waits: true,
});

/** All tills of a company together. */
export const companyLimit = ({ wrong }: Pick<TillSettings, 'wrong'>): TryLimit => ({
  subject: 'company',
  most: wrong.perCompanyAnHour,
  windowHours: 1,
  waits: false,
});

/** One phone, by whichever till. The number itself is not kept for so long, only a keyed hash of it. */
export const phoneLimit = (
  platform: Pick<Platform, 'vault'>,
  companyId: number,
  phone: string,
  { wrong }: Pick<TillSettings, 'wrong'>,
): TryLimit => ({
  subject: `phone:${platform.vault.keyed('tried-phone', `${companyId}:${phone}`).toString('base64url').slice(0, 24)}`,
  most: wrong.perPhoneADay,
  windowHours: LONGEST_WINDOW_HOURS,
  waits: false,
});

/** What a try came to, and whose count it is added to when it was wrong. */
export type Tried<T> = { result: Result<T>; wrong: boolean };

/**
 * Lets one code be tried, one after the other in a company, so that a thousand tries at once are counted like a thousand
 * in a row. A wrong one is counted for every limit; who has too many waits, whatever code he names.
 * @returns what the try came to, or codes_wait with the seconds
 */
export function tryCode<T>(
  platform: Pick<Platform, 'clock' | 'log' | 'metrics'>,
  tenant: Tenant,
  limits: (transaction: TenantTransaction) => Promise<readonly TryLimit[]>,
  attempt: (transaction: TenantTransaction) => Promise<Tried<T>>,
): Promise<Result<T>> {
  const now = platform.clock.now();
  return tenant.transaction(async (transaction) => {
    await lockCodes(transaction, 'tries');
    const all = await limits(transaction);
    const known = await selectTries(
      transaction,
      all.map(({ subject }) => subject),
    );
    const seconds = Math.max(0, ...all.map((limit) => secondsToWait(known.get(limit.subject), limit, now)));
    if (seconds > 0) return refuse('codes_wait', { seconds });
    const { result, wrong } = await attempt(transaction);
    if (wrong) {
      for (const limit of all) {
        const tries = afterWrong(known.get(limit.subject), limit, now);
        await upsertTries(transaction, limit.subject, tries);
        if (tries.wrong < limit.most) continue;
        const { companyId } = tenant;
        const who = limit.subject.startsWith('phone:') ? 'phone' : limit.subject;
        platform.log.warn(
          { companyId, who, wrong: tries.wrong },
          'too many wrong codes: no more are taken for a while',
        );
      }
      await deleteOldTries(transaction, now.subtract({ hours: LONGEST_WINDOW_HOURS }));
    }
    return result;
  });
}

import { verticals } from '../../../adapters/google-wallet/index.ts';
import type { FeatureJobs } from '../../../platform/jobs/index.ts';
import { writeOutbox } from '../store/outbox.ts';
import type { Wallet } from '../wallet.ts';
import { deleteOldCallbacks, isAnythingDue } from './objects.store.ts';
import { pushDue } from './push-due.ts';
import { retireObject } from './retire-object.ts';

/** Older than this, something wanted has been forgotten by a process that died. */
const FORGOTTEN_SECONDS = 60;

/**
 * What happens at Google after a commit. All that a company has to tell is one job, and the jobs of a company run one
 * after another; what is to be told stands in the database, so a burst costs one request for each card.
 */
export const googleJobs = (wallet: Wallet): FeatureJobs => ({
  tasks: {
    push_google: ({ resume }, companyId) =>
      pushDue(wallet, wallet.database.tenant(companyId), { resume: resume === true }),
    retire_google: ({ objectId, classId, vertical }, companyId) =>
      retireObject(wallet, wallet.database.tenant(companyId), {
        objectId: String(objectId),
        classId: String(classId),
        vertical: verticals.find((one) => one === vertical) ?? 'loyalty',
      }),
    sweep_google: () => sweep(wallet),
    tidy_google: async () => {
      const before = wallet.clock.now().subtract({ hours: 24 });
      for (const companyId of await wallet.directory.companies()) {
        await deleteOldCallbacks(wallet.database.tenant(companyId), before);
      }
    },
  },
  everyMinute: ['sweep_google'],
  everyNight: ['tidy_google'],
  outbox: {
    google_retire: (companyId, payload) => [
      { task: 'retire_google', companyId, payload, queue: `google:${companyId}` },
    ],
    google_wanted: (companyId, { delayMilliseconds, atOnce }) => {
      const delay = typeof delayMilliseconds === 'number' ? delayMilliseconds : 0;
      const own = `google:${companyId}`;
      // Whoever joins a job that pauses keeps its moment: so the end of a pause is a job of its own, and news is another.
      const key = atOnce === true ? `${own}:now` : delay > 0 ? `${own}:later` : own;
      const payload = { resume: atOnce === true || delay > 0 };
      return [{ task: 'push_google', companyId, payload, key, queue: own, delayMilliseconds: delay }];
    },
  },
});

/** Wakes what waits without a job to carry it. A job that pauses keeps its moment. */
async function sweep(wallet: Wallet): Promise<void> {
  const now = wallet.clock.now();
  const before = now.subtract({ seconds: FORGOTTEN_SECONDS });
  for (const companyId of await wallet.directory.companies()) {
    const tenant = wallet.database.tenant(companyId);
    if (!(await isAnythingDue(tenant, before))) continue;
    await tenant.transaction((transaction) => writeOutbox(transaction, 'google_wanted', {}, now));
  }
  wallet.wake();
}

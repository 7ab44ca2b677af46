import type { FeatureJobs, Job } from '../../../platform/jobs/index.ts';
import type { Wallet } from '../wallet.ts';
import { tellBrowser } from './tell-browser.ts';

/** A phone that is off for days hears of its card when somebody looks; trying for ever helps nobody. */
const ATTEMPTS_MAX = 12;

/** One job for one browser: what one push service wants later keeps no other waiting, and a burst is told once. */
export function webPushJobs(wallet: Wallet): FeatureJobs {
  return {
    tasks: {
      tell_browser: (payload, companyId) =>
        tellBrowser(wallet, wallet.database.tenant(companyId), {
          passId: Number(payload.passId),
          subscriptionId: String(payload.subscriptionId),
          message: typeof payload.message === 'string' ? payload.message : null,
        }),
    },
    outbox: { web_push: toJobs },
  };
}

function toJobs(companyId: number, { browsers, message }: Record<string, unknown>): Job[] {
  if (!Array.isArray(browsers)) return [];
  return (browsers as [number, string][]).map(([passId, subscriptionId]) => ({
    task: 'tell_browser',
    companyId,
    payload: { passId, subscriptionId, message },
    key: `web:${companyId}:${passId}:${subscriptionId}:${message ?? ''}`,
    attemptsMax: ATTEMPTS_MAX,
  }));
}

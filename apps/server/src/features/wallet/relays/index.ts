import { relayKinds } from '../../../adapters/wallet-relays/index.ts';
import type { FeatureJobs } from '../../../platform/jobs/index.ts';
import type { Wallet } from '../wallet.ts';
import { pushRelay, sweepRelays } from './push-relay.ts';

export { relayRoutes } from './relays.routes.ts';

/** One job for all devices of a program that wait; the end of a pause is a job of its own, which news does not join. */
export const relayJobs = (wallet: Wallet): FeatureJobs => ({
  tasks: {
    async push_relay({ platform, passTypeIdentifier }, companyId) {
      const kind = relayKinds.find((one) => one === platform);
      if (!kind) return;
      const line = { kind, passTypeIdentifier: String(passTypeIdentifier) };
      await pushRelay(wallet, wallet.database.tenant(companyId), line);
    },
    sweep_relays: () => sweepRelays(wallet),
  },
  everyMinute: ['sweep_relays'],
  outbox: {
    push_relay: (companyId, { platform, passTypeIdentifier, delaySeconds }) => {
      const seconds = typeof delaySeconds === 'number' ? delaySeconds : 0;
      const own = `relay:${companyId}:${platform}:${passTypeIdentifier}`;
      return [
        {
          task: 'push_relay',
          companyId,
          payload: { platform, passTypeIdentifier },
          key: seconds > 0 ? `${own}:later` : own,
          queue: own,
          delayMilliseconds: seconds * 1_000,
        },
      ];
    },
  },
});

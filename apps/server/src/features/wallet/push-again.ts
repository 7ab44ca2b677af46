import type { Tenant } from '../../platform/database/index.ts';
import { nextRepush } from './push-again-plan.ts';
import { lockUnfetched, planRepushes } from './store/unfetched.ts';
import { type ToldDevice, tellDevices } from './tell-devices.ts';
import type { Wallet } from './wallet.ts';

/** So many cards of a company are looked at in a minute: after an outage of hours no storm of pushes follows. */
const CARDS_PER_MINUTE = 500;

/**
 * Pushes again what phones have not fetched, for one batch of cards. Sent gently, since nobody stands at a till and
 * waits. Returns the number of cards whose devices were told.
 */
export async function pushAgain(wallet: Wallet, tenant: Tenant, limit = CARDS_PER_MINUTE): Promise<number> {
  const now = wallet.clock.now();
  const told = await tenant.transaction(async (transaction) => {
    const due = await lockUnfetched(transaction, { now, limit });
    if (due.length === 0) return 0;
    const behind = due.filter(({ devices }) => devices.length > 0);
    // A phone with several such cards is pushed once: it asks for all of them.
    const devices = new Map(behind.flatMap((pass) => pass.devices.map((device) => [keyOf(device), device])));
    await tellDevices(transaction, [...devices.values()], { mode: 'bulk', now });
    await planRepushes(
      transaction,
      due.map(({ passId, step, devices }) => ({
        passId,
        step: step + 1,
        at: devices.length > 0 ? nextRepush(step, now) : null,
      })),
    );
    return behind.length;
  });
  if (told > 0) {
    wallet.metrics.pushedAgain.inc(told);
    wallet.wake();
  }
  return told;
}

const keyOf = ({ passTypeIdentifier, deviceId }: ToldDevice): string => `${passTypeIdentifier} ${deviceId}`;

/** One batch of every company. */
export async function pushAgainEverywhere(wallet: Wallet): Promise<void> {
  for (const companyId of await wallet.directory.companies()) {
    await pushAgain(wallet, wallet.database.tenant(companyId));
  }
}

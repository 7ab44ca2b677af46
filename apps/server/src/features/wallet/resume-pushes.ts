import type { Tenant } from '../../platform/database/index.ts';
import { releasePushes } from './store/push-states.ts';
import type { Wallet } from './wallet.ts';

/** So long dead tokens are believed after a person said that they are right: enough to push everybody once. */
const TRUSTED_HOURS = 24;

/**
 * Lets the pushes of a certificate go on after a person has looked at why so many tokens were dead. `deadTokensAreRight`:
 * those phones are really gone, and may be forgotten. false: the pushes did not stand still.
 */
export async function resumePushes(
  wallet: Wallet,
  tenant: Tenant,
  { credentialId, deadTokensAreRight }: { credentialId: number; deadTokensAreRight: boolean },
): Promise<boolean> {
  const now = wallet.clock.now();
  const trustedUntil = deadTokensAreRight ? now.add({ hours: TRUSTED_HOURS }) : null;
  return releasePushes(tenant, tenant.companyId, credentialId, { trustedUntil, now });
}

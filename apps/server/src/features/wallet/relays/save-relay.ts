import type { SaveWalletRelay, WalletRelayList } from '@tessera/contract';
import { type Result, refuse, succeed } from '@tessera/contract';
import { type RelayKind, relayKinds } from '../../../adapters/wallet-relays/index.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import type { Wallet } from '../wallet.ts';
import { relayKeyContext } from './push-relay.ts';
import { countDevices, emptyLine, selectRelays, upsertRelay } from './relays.store.ts';

/** Pass2U's takes nothing without a key, WalletPasses' less, PassWallet's knows none. */
export const relayKeyNeed: Readonly<Record<RelayKind, 'needed' | 'optional' | 'none'>> = {
  walletpasses: 'optional',
  pass2u: 'needed',
  passwallet: 'none',
};

/**
 * Sets up the relay of a program, changes its key, or stops using it. A key that is not named stays as it is; null
 * forgets it. Refuses `wallet_relay_key_missing` when a relay shall be used that takes nothing without a key.
 */
export async function saveRelay(
  wallet: Wallet,
  tenant: Tenant,
  { kind, enabled, key }: SaveWalletRelay & { kind: RelayKind },
): Promise<Result<null>> {
  const { companyId } = tenant;
  const before = (await selectRelays(tenant, companyId)).find((relay) => relay.kind === kind);
  const sealed = key ? wallet.vault.seal(key, relayKeyContext(companyId, kind)) : null;
  const keySealed = relayKeyNeed[kind] === 'none' ? null : key === undefined ? (before?.keySealed ?? null) : sealed;
  if (enabled && relayKeyNeed[kind] === 'needed' && keySealed === null) return refuse('wallet_relay_key_missing');
  await upsertRelay(tenant, companyId, { kind, enabled, keySealed, now: wallet.clock.now() });
  if (!enabled) await emptyLine(tenant, companyId, kind);
  return succeed(null);
}

/** All relays that there are, with what a company has set up and how many phones would hear of them. */
export async function describeRelays(tenant: Tenant): Promise<WalletRelayList> {
  const relays = new Map((await selectRelays(tenant, tenant.companyId)).map((relay) => [relay.kind, relay]));
  const devices = await countDevices(tenant, tenant.companyId);
  const countOf = (platform: string) => devices.find((row) => row.platform === platform);
  return {
    items: relayKinds.map((kind) => {
      const relay = relays.get(kind);
      const trouble = relay?.enabled ? relay.trouble : null;
      return {
        kind,
        enabled: relay?.enabled ?? false,
        key: relayKeyNeed[kind],
        hasKey: (relay?.keySealed ?? null) !== null,
        trouble: trouble === 'key_refused' || trouble === 'rejected' || trouble === 'away' ? trouble : null,
        acceptedAt: relay?.acceptedAt?.toString() ?? null,
        devices: countOf(kind)?.devices ?? 0,
        waiting: countOf(kind)?.waiting ?? 0,
      };
    }),
    unreachable: (countOf('passworks')?.devices ?? 0) + (countOf('other')?.devices ?? 0),
  };
}

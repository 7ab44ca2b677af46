import { RELAY_TOKENS_MAX, type RelayKind, type RelayResult } from '../../../adapters/wallet-relays/index.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { writeOutbox } from '../store/outbox.ts';
import type { Wallet } from '../wallet.ts';
import {
  emptyLine,
  putInLine,
  type Relay,
  selectForgottenLines,
  selectRelays,
  selectWaiting,
  takeFromLine,
  updateRelayHealth,
  type WaitingDevice,
} from './relays.store.ts';

export type RelayLine = { readonly kind: RelayKind; readonly passTypeIdentifier: string };

/** Growing pauses of a relay that is away, in seconds: it is asked again until it answers, at last once in an hour. */
const PAUSES_SECONDS = [30, 120, 600, 1_800, 3_600] as const;
/** Older than this, a line has been forgotten by a process that died. */
const FORGOTTEN_SECONDS = 120;

/** What a key of a relay is bound to when it is sealed. */
export const relayKeyContext = (companyId: number, kind: RelayKind): string => `wallet-relay:${companyId}:${kind}`;

/** Tells the relay of a program of all its devices that wait, a thousand in a request. */
export async function pushRelay(wallet: Wallet, tenant: Tenant, line: RelayLine): Promise<void> {
  const relays = await selectRelays(tenant, tenant.companyId);
  const relay = relays.find(({ kind }) => kind === line.kind);
  if (!relay?.enabled) return emptyLine(tenant, tenant.companyId, line.kind);
  const now = wallet.clock.now();
  if (relay.pausedUntil && Temporal.Instant.compare(now, relay.pausedUntil) < 0) return;
  for (;;) {
    const waiting = await selectWaiting(tenant, tenant.companyId, { ...line, limit: RELAY_TOKENS_MAX });
    if (waiting.length === 0) return;
    for (const [serviceUrl, devices] of Map.groupBy(waiting, (device) => device.serviceUrl)) {
      const done = await tell(wallet, tenant, { line, relay, serviceUrl, devices });
      if (!done) return;
    }
  }
}

type Batch = {
  readonly line: RelayLine;
  readonly relay: Relay;
  readonly serviceUrl: string | null;
  readonly devices: readonly WaitingDevice[];
};

/** false: the relay takes nothing now. */
async function tell(wallet: Wallet, tenant: Tenant, { line, relay, serviceUrl, devices }: Batch): Promise<boolean> {
  const { kind, passTypeIdentifier } = line;
  const deviceIds = devices.map(({ deviceId }) => deviceId);
  // First out of the line: a change that comes while the relay is asked puts the device there again.
  await takeFromLine(tenant, passTypeIdentifier, deviceIds);
  const { keySealed } = relay;
  const key = keySealed && wallet.vault.open(keySealed, relayKeyContext(tenant.companyId, kind)).toString('utf8');
  const pushTokens = [...new Set(devices.map(({ pushToken }) => pushToken))];
  const result = await wallet.relays.push(kind, { passTypeIdentifier, pushTokens, key, serviceUrl });
  wallet.metrics.relayPushes.inc({ relay: kind, result: result.status });
  return conclude(wallet, tenant, { line, relay, deviceIds, result });
}

type Told = {
  readonly line: RelayLine;
  readonly relay: Relay;
  readonly deviceIds: readonly string[];
  readonly result: RelayResult;
};

async function conclude(wallet: Wallet, tenant: Tenant, { line, relay, deviceIds, result }: Told): Promise<boolean> {
  const now = wallet.clock.now();
  const fields = { companyId: tenant.companyId, relay: line.kind };
  switch (result.status) {
    case 'accepted':
      await updateRelayHealth(tenant, line.kind, { trouble: null, failures: 0, pausedUntil: null, acceptedAt: now });
      return true;
    case 'key_refused':
      wallet.log.error(fields, 'a wallet relay refuses our key');
      await updateRelayHealth(tenant, line.kind, { trouble: 'key_refused', failures: 0, pausedUntil: null });
      // Nothing but another key will help, and what waits will be old by then.
      await emptyLine(tenant, tenant.companyId, line.kind);
      return false;
    case 'rejected':
      wallet.log.error({ ...fields, reason: result.reason }, 'a wallet relay refuses our request');
      await updateRelayHealth(tenant, line.kind, { trouble: 'rejected', failures: 0, pausedUntil: null });
      return true;
    case 'retry_later': {
      const failures = relay.failures + 1;
      const pause = PAUSES_SECONDS[Math.min(failures, PAUSES_SECONDS.length) - 1] ?? 3_600;
      const seconds = result.afterSeconds ?? pause;
      wallet.log.warn({ ...fields, reason: result.reason, seconds }, 'a wallet relay is away');
      await putInLine(tenant, line.passTypeIdentifier, deviceIds, now);
      await updateRelayHealth(tenant, line.kind, { trouble: 'away', failures, pausedUntil: now.add({ seconds }) });
      const payload = { platform: line.kind, passTypeIdentifier: line.passTypeIdentifier, delaySeconds: seconds + 1 };
      await tenant.transaction((transaction) => writeOutbox(transaction, 'push_relay', payload, now));
      return false;
    }
  }
}

/** Wakes lines that stand without a job to carry them on. */
export async function sweepRelays(wallet: Wallet): Promise<void> {
  const now = wallet.clock.now();
  const before = now.subtract({ seconds: FORGOTTEN_SECONDS });
  for (const companyId of await wallet.directory.companies()) {
    const tenant = wallet.database.tenant(companyId);
    for (const line of await selectForgottenLines(tenant, companyId, { before, now })) {
      await tenant.transaction((transaction) => writeOutbox(transaction, 'push_relay', { ...line }, now));
    }
  }
  wallet.wake();
}

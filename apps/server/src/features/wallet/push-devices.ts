import type { PushResult } from '../../adapters/apns/index.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { fingerprintOf } from './apple/request.ts';
import { forgetDevice } from './forget-device.ts';
import { signerOf } from './signers.ts';
import { selectCredentialOfType } from './store/credentials.ts';
import { writeOutbox } from './store/outbox.ts';
import { type DeviceRecord, selectDevices } from './store/registrations.ts';
import type { Wallet } from './wallet.ts';
import type { PushMode } from './write-versions.ts';

/** Says that Apple's service wants this push later: the job is tried again. */
export class PushLaterError extends Error {}

export type PushesInput = {
  readonly passTypeIdentifier: string;
  readonly deviceIds: readonly string[];
  readonly mode: PushMode;
};

type Device = DeviceRecord & { readonly deviceId: string };

/**
 * Tells devices (some hundreds at most) that something changed. The answer decides what becomes of a token: only Apple's
 * word on the token itself drops it, never a trouble of ours. Those that Apple wants later become a job of their own;
 * when it wants none now, this job is tried again (`PushLaterError`).
 */
export async function pushDevices(wallet: Wallet, tenant: Tenant, input: PushesInput): Promise<void> {
  const { passTypeIdentifier, deviceIds, mode } = input;
  const { companyId } = tenant;
  const found = await selectDevices(tenant, companyId, passTypeIdentifier, deviceIds);
  // Tokens of other push services must never reach Apple's: it takes them for a misuse.
  const devices = found.filter(({ platform }) => platform === 'apple');
  if (devices.length === 0) return;
  const credential = await selectCredentialOfType(tenant, companyId, passTypeIdentifier);
  const signer = credential && (await signerOf(wallet, tenant, credential.credentialId));
  if (!signer) {
    wallet.log.error({ companyId, devices: devices.length }, 'pushes have no certificate to go with');
    wallet.metrics.pushes.inc({ result: 'no_certificate' }, devices.length);
    return;
  }
  const sent = await Promise.all(
    devices.map(async (device): Promise<Sent> => {
      const { pushToken } = device;
      const result = await wallet.apns.push({ credential: signer.apns, pushToken, mode });
      wallet.metrics.pushes.inc({ result: result.status });
      await forgetDead(wallet, tenant, { passTypeIdentifier, device, result });
      return { device, result };
    }),
  );
  complain(wallet, companyId, sent);
  const later = sent.filter(({ result }) => result.status === 'retry_later');
  if (later.length === 0) return;
  if (later.length === devices.length) throw new PushLaterError(reasonOf(later[0]!));
  const payload = { passTypeIdentifier, deviceIds: later.map(({ device }) => device.deviceId), mode };
  await tenant.transaction((transaction) => writeOutbox(transaction, 'push_devices', payload, wallet.clock.now()));
}

type Sent = { readonly device: Device; readonly result: PushResult };

const reasonOf = ({ result }: Sent): string => ('reason' in result ? result.reason : result.status);

type Dead = { readonly passTypeIdentifier: string; readonly device: Device; readonly result: PushResult };

async function forgetDead(wallet: Wallet, tenant: Tenant, { passTypeIdentifier, device, result }: Dead): Promise<void> {
  const { deviceId, pushToken } = device;
  if (result.status !== 'unregistered' && result.status !== 'bad_token') return;
  const until = result.status === 'unregistered' ? result.at : null;
  if (result.status === 'bad_token') {
    const fields = { companyId: tenant.companyId, device: fingerprintOf(deviceId), reason: result.reason };
    wallet.log.warn(fields, 'a push token is none; its device is forgotten');
  }
  await forgetDevice(wallet, tenant, { passTypeIdentifier, deviceId }, { pushToken, until });
}

/** One line for all: a thousand equal ones help nobody. */
function complain(wallet: Wallet, companyId: number, sent: readonly Sent[]): void {
  const refused = sent.filter(
    ({ result: { status } }) => status === 'misconfigured' || status === 'rejected_credential',
  );
  const [first] = refused;
  if (!first) return;
  const fields = { companyId, devices: refused.length, status: first.result.status, reason: reasonOf(first) };
  wallet.log.error(fields, 'our pushes are refused');
}

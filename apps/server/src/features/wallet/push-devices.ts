import type { PushResult } from '../../adapters/apns/index.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { fingerprintOf } from './apple/request.ts';
import { forgetDevice } from './forget-device.ts';
import { countPush, emptyTally, haltOf, mayForgetBadToken, type PushTally } from './push-tally.ts';
import { signerOf } from './signers.ts';
import { writeOutbox } from './store/outbox.ts';
import { haltPushes, noteRefusal, type Pushing, selectPushing } from './store/push-states.ts';
import { type DeviceRecord, selectDevices } from './store/registrations.ts';
import type { PushMode } from './tell-devices.ts';
import type { Wallet } from './wallet.ts';

/** Says that Apple's service wants these pushes later and names no time: the job is tried again. */
export class PushLaterError extends Error {}

export type PushesInput = {
  readonly passTypeIdentifier: string;
  readonly deviceIds: readonly string[];
  readonly mode: PushMode;
  /** How often Apple asked for a pause with these. */
  readonly pauses?: number;
};

type Device = DeviceRecord & { readonly deviceId: string };
type Sent = { readonly device: Device; readonly result: PushResult };

/** After so many pauses a push is given up: a card that no phone fetches is pushed again by itself. */
const PAUSES_MAX = 8;
/** Those who wait for the end of one pause come back spread over a tenth of it, and ten seconds. */
const SPREAD_SECONDS = 10;

/**
 * Tells devices (some hundreds at most) that something changed. The answer decides what becomes of a token: only Apple's
 * word on the token itself drops it, never a trouble of ours, and never many at once. Those that Apple wants later become
 * a job of their own, at the time that it names; when it wants none now and names no time, this job is tried again
 * (`PushLaterError`).
 */
export async function pushDevices(wallet: Wallet, tenant: Tenant, input: PushesInput): Promise<void> {
  const { passTypeIdentifier, deviceIds, mode } = input;
  const { companyId } = tenant;
  const found = await selectDevices(tenant, companyId, passTypeIdentifier, deviceIds);
  // Tokens of other push services must never reach Apple's: it takes them for a misuse.
  const devices = found.filter(({ platform }) => platform === 'apple');
  if (devices.length === 0) return;
  const pushing = await selectPushing(tenant, companyId, passTypeIdentifier);
  if (pushing?.halted) return wallet.metrics.pushes.inc({ result: 'halted' }, devices.length);
  const signer = pushing && (await signerOf(wallet, tenant, pushing.credentialId));
  if (!pushing || !signer) {
    wallet.log.error({ companyId, devices: devices.length }, 'pushes have no certificate to go with');
    return wallet.metrics.pushes.inc({ result: 'no_certificate' }, devices.length);
  }
  const sent = await Promise.all(
    devices.map(async (device): Promise<Sent> => {
      const { pushToken } = device;
      const result = await wallet.apns.push({ credential: signer.apns, pushToken, mode });
      wallet.metrics.pushes.inc({ result: result.status });
      return { device, result };
    }),
  );
  await noteHealth(wallet, tenant, pushing, sent);
  await forgetDead(wallet, tenant, { passTypeIdentifier, pushing, sent });
  await leaveWord(wallet, tenant, input, sent);
}

const reasonOf = ({ result }: Sent): string => ('reason' in result ? result.reason : result.status);

/** What Apple says of the certificate, kept for people. One line of the log for all: a thousand equal ones help nobody. */
async function noteHealth(wallet: Wallet, tenant: Tenant, pushing: Pushing, sent: readonly Sent[]): Promise<void> {
  const { companyId } = tenant;
  const refused = sent.filter(
    ({ result: { status } }) => status === 'misconfigured' || status === 'rejected_credential',
  );
  const [first] = refused;
  if (first) {
    const reason = reasonOf(first);
    const fields = { companyId, devices: refused.length, status: first.result.status, reason };
    wallet.log.error(fields, 'our pushes are refused');
    if (pushing.refused === reason) return;
    return noteRefusal(tenant, companyId, pushing.credentialId, { reason, at: wallet.clock.now() });
  }
  const isTaken = sent.some(({ result }) => result.status === 'accepted');
  if (isTaken && pushing.refused !== null) await noteRefusal(tenant, companyId, pushing.credentialId, null);
}

type Sendings = { readonly passTypeIdentifier: string; readonly pushing: Pushing; readonly sent: readonly Sent[] };

/** Forgets devices whose tokens are dead, after a look at all answers: many at once stop the pushes instead. */
async function forgetDead(wallet: Wallet, tenant: Tenant, { passTypeIdentifier, pushing, sent }: Sendings) {
  const tally = countAll(wallet, tenant, pushing, sent);
  const dead = sent.filter(({ result: { status } }) => status === 'unregistered' || status === 'bad_token');
  if (dead.length === 0 || (await haltIfMany(wallet, tenant, pushing, tally))) return;
  for (const { device, result } of dead) {
    const { deviceId, pushToken } = device;
    const key = { passTypeIdentifier, deviceId };
    if (result.status === 'unregistered') {
      await forgetDevice(wallet, tenant, key, { pushToken, until: result.at });
      continue;
    }
    const forgotten = mayForgetBadToken(tally);
    const fields = { companyId: tenant.companyId, device: fingerprintOf(deviceId), forgotten };
    wallet.log.warn(fields, 'a push token is none');
    if (forgotten) await forgetDevice(wallet, tenant, key, { pushToken, until: null });
  }
}

function countAll(wallet: Wallet, tenant: Tenant, pushing: Pushing, sent: readonly Sent[]): PushTally {
  // After a person let pushes go on, the count begins anew, in every process.
  const since = pushing.releasedAt?.epochMilliseconds ?? 0;
  const key = `${tenant.companyId}:${pushing.credentialId}:${since}`;
  let tally = wallet.pushTallies.get(key) ?? emptyTally;
  for (const { result } of sent) tally = countPush(tally, result.status);
  wallet.pushTallies.set(key, tally);
  return tally;
}

/** Stops the pushes of a certificate when its tokens die by the dozen. */
async function haltIfMany(wallet: Wallet, tenant: Tenant, pushing: Pushing, tally: PushTally): Promise<boolean> {
  const reason = haltOf(tally);
  if (reason === null) return false;
  const now = wallet.clock.now();
  const trusted = pushing.trustedUntil !== null && Temporal.Instant.compare(now, pushing.trustedUntil) < 0;
  if (trusted && reason === 'dead_tokens') return false;
  if (await haltPushes(tenant, pushing.credentialId, reason, now)) {
    const fields = { companyId: tenant.companyId, credentialId: pushing.credentialId, reason };
    wallet.log.error(fields, 'pushes stand still: too many tokens are dead at once');
  }
  return true;
}

/** A pause that Apple names is kept to the second, in a job of its own; a job that fails comes back at its own times. */
async function leaveWord(wallet: Wallet, tenant: Tenant, input: PushesInput, sent: readonly Sent[]): Promise<void> {
  const named = new Map<string, number>();
  const unnamed: Sent[] = [];
  for (const one of sent) {
    if (one.result.status !== 'retry_later') continue;
    if (one.result.afterSeconds === undefined) unnamed.push(one);
    else named.set(one.device.deviceId, one.result.afterSeconds);
  }
  if (named.size + unnamed.length === 0) return;
  if (unnamed.length === sent.length) throw new PushLaterError(reasonOf(unnamed[0]!));
  const { passTypeIdentifier, mode } = input;
  const now = wallet.clock.now();
  const pauses = (input.pauses ?? 0) + 1;
  const seconds = Math.max(0, ...named.values());
  const spread = (wallet.random(1)[0]! / 256) * (SPREAD_SECONDS + seconds / 10);
  await tenant.transaction(async (transaction) => {
    if (named.size > 0 && pauses <= PAUSES_MAX) {
      const late = { deviceIds: [...named.keys()], pauses, delaySeconds: seconds + spread };
      await writeOutbox(transaction, 'push_devices', { passTypeIdentifier, mode, ...late }, now);
    }
    const deviceIds = unnamed.map(({ device }) => device.deviceId);
    if (deviceIds.length > 0)
      await writeOutbox(transaction, 'push_devices', { passTypeIdentifier, deviceIds, mode }, now);
  });
}

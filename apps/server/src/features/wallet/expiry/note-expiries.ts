import { X509Certificate } from 'node:crypto';
import type { Tenant } from '../../../platform/database/index.ts';
import { type ExpiryAlarm, noteAlarm } from '../store/alarms.ts';
import { type ListedCredential, selectCredentials } from '../store/credentials.ts';
import type { Wallet } from '../wallet.ts';
import { daysUntil, type ExpirySubject, thresholdOf } from './expiry-plan.ts';

type End = { readonly credential: ListedCredential; readonly subject: ExpirySubject; readonly end: Temporal.Instant };

/**
 * Notes each threshold before the end of a certificate once, and the end itself; of several that passed meanwhile only
 * the last. A demo's certificates are nobody's worry.
 */
export async function noteExpiries(wallet: Wallet, tenant: Tenant): Promise<ExpiryAlarm[]> {
  const now = wallet.clock.now();
  const noted: ExpiryAlarm[] = [];
  for (const { credential, subject, end } of await endsOf(tenant)) {
    const threshold = thresholdOf(subject, end, now);
    if (threshold === null) continue;
    const { credentialId, name } = credential;
    const alarm = { credentialId, subject, notAfter: end, threshold };
    // Noted and told together: what could not be told is not noted, and tried again in an hour.
    const isNew = await tenant.transaction(async (transaction) => {
      if (!(await noteAlarm(transaction, alarm, now))) return false;
      await wallet.tellOwner(tenant, { ...alarm, kind: 'certificate_expiry', name });
      return true;
    });
    if (!isNew) continue;
    noted.push(alarm);
    const fields = { companyId: tenant.companyId, credentialId, subject, threshold, notAfter: end.toString() };
    wallet.log.warn(fields, threshold === 0 ? 'a pass certificate is over' : 'a pass certificate ends soon');
  }
  return noted;
}

async function endsOf(tenant: Tenant): Promise<End[]> {
  const credentials = await selectCredentials(tenant, tenant.companyId);
  return credentials.flatMap((credential): End[] => {
    const { notAfter, intermediate, demo } = credential;
    if (notAfter === null || demo) return [];
    const own: End = { credential, subject: 'certificate', end: notAfter };
    return intermediate ? [own, { credential, subject: 'intermediate', end: endOf(intermediate) }] : [own];
  });
}

const endOf = (certificate: Buffer): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(new X509Certificate(certificate).validToDate.getTime());

const HOUR_MILLISECONDS = 3_600_000;

/** Looks once an hour in each process: a night's job would never run where the computer sleeps at night. */
export function createExpiryWatch(wallet: Wallet): () => Promise<void> {
  let lookedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const now = wallet.clock.now().epochMilliseconds;
    if (now - lookedAt < HOUR_MILLISECONDS) return;
    lookedAt = now;
    for (const companyId of await wallet.directory.companies()) {
      await noteExpiries(wallet, wallet.database.tenant(companyId));
    }
  };
}

export type EndingCertificate = {
  readonly companyId: number;
  readonly name: string;
  readonly subject: ExpirySubject;
  readonly end: Temporal.Instant;
  /** Whole days; negative once it is over. */
  readonly days: number;
};

/** The ends of all certificates of all companies, the first end first. */
export async function certificateEnds(
  { database, directory }: Pick<Wallet, 'database' | 'directory'>,
  now: Temporal.Instant,
): Promise<EndingCertificate[]> {
  const found: EndingCertificate[] = [];
  for (const companyId of await directory.companies()) {
    for (const { credential, subject, end } of await endsOf(database.tenant(companyId))) {
      found.push({ companyId, name: credential.name, subject, end, days: daysUntil(end, now) });
    }
  }
  return found.sort((a, b) => Temporal.Instant.compare(a.end, b.end));
}

const KEPT_MILLISECONDS = 10 * 60_000;

/** The figure `tessera_certificate_days_left`, looked up every ten minutes at most. */
export function watchCertificates(wallet: Wallet): void {
  let known = { at: Number.NEGATIVE_INFINITY, days: Number.NaN };
  wallet.metrics.watch('tessera_certificate_days_left', 'Days until the first pass certificate ends', async () => {
    const at = wallet.clock.now().epochMilliseconds;
    if (at - known.at >= KEPT_MILLISECONDS) {
      const [first] = await certificateEnds(wallet, wallet.clock.now());
      known = { at, days: first?.days ?? Number.NaN };
    }
    return known.days;
  });
}

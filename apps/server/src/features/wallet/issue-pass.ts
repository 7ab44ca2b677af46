import { type Result, refuse, succeed } from '@tessera/contract';
import { newUuid, type Random } from '../../platform/crypto/index.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { designFor, nextLastModified, type PassRecord, sameCardAs, TOKEN_KEY_ID } from './model.ts';
import { refreshPass } from './refresh-pass.ts';
import { contentsOf, hashContents, NOTHING_OWN, takeSnapshot } from './render-pass.ts';
import { selectCredential } from './store/credentials.ts';
import { selectDesign } from './store/designs.ts';
import { insertPass, lockMarkers, selectPassOfAccount } from './store/passes.ts';
import type { Wallet } from './wallet.ts';

/**
 * Gives an account its card of a design. Asking again gives the same card. Designs that levels name are one card, which
 * wears that of the guest's level.
 * `source` says where the card comes from, for statistics: `form:welcome:instagram`, `import`; at most 140 characters.
 * Refuses `not_found` (no such design), `design_archived` and `credential_incomplete` (its certificate is missing or over).
 */
export async function issuePass(
  wallet: Wallet,
  tenant: Tenant,
  { accountId, designId, source = null }: { accountId: number; designId: number; source?: string | null },
): Promise<Result<PassRecord>> {
  const subject = await wallet.loadSubject(tenant, accountId);
  const worn = designFor(designId, subject);
  const designIds = sameCardAs(designId, subject);
  const existing = await selectPassOfAccount(tenant, tenant.companyId, accountId, designIds);
  if (existing) return succeed(existing);
  const design =
    (await selectDesign(tenant, tenant.companyId, worn)) ?? (await selectDesign(tenant, tenant.companyId, designId));
  if (!design) return refuse('not_found');
  if (design.archivedAt) return refuse('design_archived');
  const now = wallet.clock.now();
  const credential = design.credentialId && (await selectCredential(tenant, tenant.companyId, design.credentialId));
  if (!credential || !isActive(credential.notAfter, now)) return refuse('credential_incomplete');
  const snapshot = takeSnapshot(design, { ...NOTHING_OWN, createdAt: now }, subject);
  const guid = newUuid(wallet.random);
  const serial = newSerial(wallet.random);
  const contents = contentsOf(design, NOTHING_OWN, snapshot, { guid, serial, token: '' });
  await wallet.directory.enter('pass', guid, tenant.companyId);
  const pass = await tenant.transaction(async (transaction) => {
    await lockMarkers(transaction);
    const first = await selectPassOfAccount(transaction, tenant.companyId, accountId, designIds);
    if (first) return first;
    return insertPass(transaction, {
      guid,
      serial,
      passTypeIdentifier: credential.passTypeIdentifier,
      credentialId: credential.credentialId,
      designId: design.designId,
      accountId,
      tokenKeyId: TOKEN_KEY_ID,
      source,
      snapshot,
      contentHash: hashContents(contents),
      lastModified: nextLastModified(null, now),
      now,
    });
  });
  if (pass.guid !== guid) await wallet.directory.remove('pass', guid);
  // A change of the account after it was read found no card to refresh: look once more.
  const settled = await refreshPass(wallet, tenant, { passId: pass.passId, mode: 'immediate' });
  return succeed(settled ?? pass);
}

const isActive = (notAfter: Temporal.Instant | null, now: Temporal.Instant): boolean =>
  notAfter !== null && Temporal.Instant.compare(now, notAfter) < 0;

const SERIAL_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SERIAL_CHARACTERS = 16;

/** 80 random bits in capitals and digits: a QR code packs these densest, a cashier can type them, and O is never 0. */
export const newSerial = (random: Random): string =>
  Array.from(random(SERIAL_CHARACTERS), (byte) => SERIAL_ALPHABET[byte & 31]).join('');

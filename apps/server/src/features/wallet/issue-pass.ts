import { type Refusal, type Result, refuse, succeed } from '@tessera/contract';
import { newUuid, type Random } from '../../platform/crypto/index.ts';
import type { Tenant, TenantTransaction } from '../../platform/database/index.ts';
import { shownCodes } from './changing-codes/shown-codes.ts';
import { designFor, nextLastModified, type OwnThings, type PassRecord, sameCardAs, TOKEN_KEY_ID } from './model.ts';
import { refreshPass } from './refresh-pass.ts';
import { contentsOf, hashContents, takeSnapshot } from './render-pass.ts';
import { noteCodes } from './store/card-codes.ts';
import { selectCredential } from './store/credentials.ts';
import { selectDesign } from './store/designs.ts';
import { replaceTexts } from './store/pass-texts.ts';
import { insertPass, lockMarkers, selectPassOfAccount } from './store/passes.ts';
import type { Wallet } from './wallet.ts';

export type IssueWish = {
  readonly accountId: number;
  readonly designId: number;
  /** A number of somebody's choice; absent: one that nobody can guess. */
  readonly serial?: string;
  readonly ownValues?: PassRecord['ownValues'];
  readonly own?: OwnThings;
  /** Where the card comes from, for statistics: `form:welcome:instagram`, `import`; at most 140 characters. */
  readonly source?: string | null;
  /** What else may forbid it, asked under the lock under which the card is made. */
  readonly forbid?: (transaction: TenantTransaction, passTypeIdentifier: string) => Promise<Refusal | null>;
};

/**
 * Gives an account its card of a design. Asking again gives the same card. Designs that levels name are one card, which
 * wears that of the guest's level.
 * `source` says where the card comes from, for statistics: `form:welcome:instagram`, `import`; at most 140 characters.
 * Refuses `not_found` (no such design), `design_archived`, `credential_incomplete` (its certificate is missing or over),
 * and what `forbid` refuses.
 */
export async function issuePass(wallet: Wallet, tenant: Tenant, wish: IssueWish): Promise<Result<PassRecord>> {
  const issued = await issueOnce(wallet, tenant, wish);
  return issued.ok ? succeed(issued.value.pass) : issued;
}

/** The same, and whether the card was made now. */
export async function issueOnce(
  wallet: Wallet,
  tenant: Tenant,
  wish: IssueWish,
): Promise<Result<{ readonly pass: PassRecord; readonly made: boolean }>> {
  const { accountId, designId } = wish;
  const { companyId } = tenant;
  const subject = await wallet.loadSubject(tenant, accountId);
  const worn = designFor(designId, subject);
  const designIds = sameCardAs(designId, subject);
  const existing = await selectPassOfAccount(tenant, companyId, accountId, designIds);
  if (existing) return succeed({ pass: existing, made: false });
  const design = (await selectDesign(tenant, companyId, worn)) ?? (await selectDesign(tenant, companyId, designId));
  if (!design) return refuse('not_found');
  if (design.archivedAt) return refuse('design_archived');
  const now = wallet.clock.now();
  const credential = design.credentialId && (await selectCredential(tenant, companyId, design.credentialId));
  if (!credential || !isActive(credential.notAfter, now)) return refuse('credential_incomplete');
  const { passTypeIdentifier, credentialId } = credential;
  const things = { ownValues: wish.ownValues ?? {}, own: wish.own ?? {}, voided: false, createdAt: now };
  const snapshot = takeSnapshot(design, things, subject);
  const guid = newUuid(wallet.random);
  const serial = wish.serial ?? newSerial(wallet.random);
  const contents = contentsOf(design, things, snapshot, { guid, serial, token: '' });
  await wallet.directory.enter('pass', guid, companyId);
  const issued = await tenant.transaction(async (transaction): Promise<Result<PassRecord>> => {
    await lockMarkers(transaction);
    const first = await selectPassOfAccount(transaction, companyId, accountId, designIds);
    if (first) return succeed(first);
    const refusal = await wish.forbid?.(transaction, passTypeIdentifier);
    if (refusal) return { ok: false, refusal };
    const pass = await insertPass(transaction, {
      guid,
      serial,
      passTypeIdentifier,
      credentialId,
      designId: design.designId,
      accountId,
      tokenKeyId: TOKEN_KEY_ID,
      source: wish.source ?? null,
      ownValues: things.ownValues,
      own: things.own,
      snapshot,
      contentHash: hashContents(contents),
      lastModified: nextLastModified(null, now),
      now,
    });
    if (!pass) return refuse('design_archived');
    if (wish.ownValues || wish.own) await replaceTexts(transaction, [pass]);
    const codes = shownCodes({ vault: wallet.vault, companyId }, pass, snapshot, contents);
    if (codes.length > 0) await noteCodes(transaction, [{ passId: pass.passId, codes }], now);
    return succeed(pass);
  });
  if (!issued.ok || issued.value.guid !== guid) await wallet.directory.remove('pass', guid);
  if (!issued.ok) return issued;
  // A change of the account after it was read found no card to refresh: look once more.
  const settled = await refreshPass(wallet, tenant, { passId: issued.value.passId, mode: 'immediate' });
  return succeed({ pass: settled ?? issued.value, made: issued.value.guid === guid });
}

const isActive = (notAfter: Temporal.Instant | null, now: Temporal.Instant): boolean =>
  notAfter !== null && Temporal.Instant.compare(now, notAfter) < 0;

const SERIAL_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SERIAL_CHARACTERS = 16;

/** 80 random bits in capitals and digits: a QR code packs these densest, a cashier can type them, and O is never 0. */
export const newSerial = (random: Random): string =>
  Array.from(random(SERIAL_CHARACTERS), (byte) => SERIAL_ALPHABET[byte & 31]).join('');

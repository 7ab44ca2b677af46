import { type Result, refuse, succeed } from '@tessera/contract';
import { newUuid } from '../../../platform/crypto/index.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { newSerial } from '../issue-pass.ts';
import { nextLastModified, type PassRecord, TOKEN_KEY_ID } from '../model.ts';
import { refreshPass } from '../refresh-pass.ts';
import { replaceTexts } from '../store/pass-texts.ts';
import { insertPass, lockMarkers, selectPass, selectPassByGuid } from '../store/passes.ts';
import type { Wallet } from '../wallet.ts';
import { lockReplacement, replacePass } from './sharing.store.ts';

/**
 * Gives a guest his card under a new number and ends the old one on every device that holds it: whoever has a copy has a
 * grey card without a code. Asked again, the same new card. Refuses `card_not_found` (none, or ended otherwise).
 */
export async function replaceCard(wallet: Wallet, tenant: Tenant, guid: string): Promise<Result<PassRecord>> {
  const { companyId } = tenant;
  const old = await selectPassByGuid(tenant, companyId, guid.toLowerCase());
  if (!old) return refuse('card_not_found');
  const fresh = newUuid(wallet.random);
  await wallet.directory.enter('pass', fresh, companyId);
  const now = wallet.clock.now();
  const newId = await tenant.transaction(async (transaction) => {
    await lockMarkers(transaction);
    const known = await lockReplacement(transaction, old.passId);
    if (known !== null) return known;
    const current = await selectPass(transaction, companyId, old.passId);
    if (!current || current.voided) return null;
    const made = await insertPass(transaction, {
      guid: fresh,
      serial: newSerial(wallet.random),
      passTypeIdentifier: current.passTypeIdentifier,
      credentialId: current.credentialId,
      designId: current.designId,
      accountId: current.accountId,
      tokenKeyId: TOKEN_KEY_ID,
      source: 'replaced',
      ownValues: current.ownValues,
      own: current.own,
      // What the old card said, until the refresh below; nobody knows the new one's address before.
      snapshot: current.snapshot,
      contentHash: current.contentHash,
      lastModified: nextLastModified(null, now),
      now,
    });
    if (!made) return null;
    await replaceTexts(transaction, [made]);
    await replacePass(transaction, { oldId: current.passId, newId: made.passId });
    return made.passId;
  });
  const settled = newId === null ? null : await refreshPass(wallet, tenant, { passId: newId, mode: 'immediate' });
  if (settled?.guid !== fresh) await wallet.directory.remove('pass', fresh);
  if (!settled) return refuse('card_not_found');
  await refreshPass(wallet, tenant, { passId: old.passId, mode: 'immediate' });
  return succeed(settled);
}

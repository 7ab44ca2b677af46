import { type Result, refuse, succeed } from '@tessera/contract';
import {
  makeSaveJwt,
  type Resource,
  SAVE_JWT_CHARACTERS_MAX,
  type SavePayload,
} from '../../../adapters/google-wallet/index.ts';
import { newUuid } from '../../../platform/crypto/index.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import type { GoogleVertical, PassRecord } from '../model.ts';
import { selectDesign } from '../store/designs.ts';
import type { Wallet } from '../wallet.ts';
import { type GoogleAccess, openAccess } from './account.ts';
import { type GoogleObject, verticalOf } from './model.ts';
import { insertObject, selectObject, settleObject } from './objects.store.ts';
import { describeCard, type PushRound } from './push-object.ts';

/** Somebody stands there with a phone in the hand. */
const PATIENCE_MILLISECONDS = 3_000;
/** Cards in one link. */
export const LINK_CARDS_MAX = 10;

/**
 * The link behind "Add to Google Wallet", for one card or several of a company at once. The cards are brought to Google
 * first and the link only names them; while Google's interface is away a card travels whole inside the link if it fits.
 * Refuses `google_wallet_off` (no access, switched off, or Google refuses us) and `unavailable`.
 */
export async function saveLink(
  wallet: Wallet,
  tenant: Tenant,
  passes: readonly PassRecord[],
): Promise<Result<{ readonly url: string }>> {
  const access = await openAccess(wallet, tenant);
  if (!access?.credential.enabled || access.credential.halted !== null) return refuse('google_wallet_off');
  const round: PushRound = { access, classes: new Map(), patienceMilliseconds: PATIENCE_MILLISECONDS };
  const placed: Placed[] = [];
  for (const pass of passes.slice(0, LINK_CARDS_MAX)) {
    const one = await placeCard(wallet, tenant, round, pass);
    if (!one) return refuse('unavailable');
    placed.push(one);
  }
  const jwt = (await sign(wallet, access, placed)) ?? (await sign(wallet, access, placed.map(nameOnly)));
  return jwt === null ? refuse('unavailable') : succeed({ url: `${wallet.google.saveUrl}/${jwt}` });
}

/** null: longer than an address may be. */
async function sign(wallet: Wallet, { account }: GoogleAccess, placed: readonly Placed[]): Promise<string | null> {
  const payload: Record<string, Resource[]> = {};
  for (const { vertical, resource } of placed) {
    const key = `${vertical}Objects`;
    payload[key] = [...(payload[key] ?? []), resource];
  }
  const origins = [new URL(wallet.publicUrl).origin];
  const jwt = await makeSaveJwt(account, { payload: payload as SavePayload, origins, now: wallet.clock.now() });
  return jwt.length > SAVE_JWT_CHARACTERS_MAX ? null : jwt;
}

/** Of a card that Google has the id is enough; a whole one must stay whole. */
const nameOnly = ({ vertical, resource, isThere }: Placed): Placed => ({
  vertical,
  isThere,
  resource: isThere ? { id: resource.id } : resource,
});

type Placed = { readonly vertical: GoogleVertical; readonly resource: Resource; readonly isThere: boolean };

/** A card as the link names it: by its id once Google has it, else whole. null: Google is away and will not have it. */
async function placeCard(wallet: Wallet, tenant: Tenant, round: PushRound, pass: PassRecord): Promise<Placed | null> {
  const object = await enterObject(wallet, tenant, round.access, pass);
  const named = { id: object.objectId };
  if (object.pushedHash !== null)
    return { vertical: object.vertical, resource: { ...named, classId: object.classId }, isThere: true };
  const card = await describeCard(wallet, tenant, round, object);
  if (card.status !== 'ready') {
    wallet.log.warn({ companyId: tenant.companyId, status: card.status }, 'a card did not reach Google Wallet');
    return null;
  }
  const { body, own } = card;
  const inserted = await wallet.google.insert(round.access.account, `${own.vertical}Object`, body, {
    patienceMilliseconds: PATIENCE_MILLISECONDS,
  });
  wallet.metrics.googleCalls.inc({ result: inserted.status });
  if (inserted.status === 'done') {
    await settleObject(tenant, {
      passId: object.passId,
      wanted: object.wanted,
      classId: own.classId,
      vertical: own.vertical,
      pushedHash: card.hash,
      pushedVersion: card.pass.contentVersion,
      spokenHash: card.spokenHash,
      problem: null,
      hasUsers: null,
      at: wallet.clock.now(),
    });
  }
  if (inserted.status === 'done' || inserted.status === 'exists') {
    return { vertical: own.vertical, resource: { ...named, classId: own.classId }, isThere: true };
  }
  if (inserted.status === 'retry') return { vertical: own.vertical, resource: body, isThere: false };
  wallet.log.warn({ companyId: tenant.companyId, status: inserted.status }, 'a card did not reach Google Wallet');
  return null;
}

/** A card's place at Google, made the first time that somebody wants it there. Its id is chance, not its address. */
async function enterObject(
  wallet: Wallet,
  tenant: Tenant,
  { credential }: GoogleAccess,
  pass: PassRecord,
): Promise<GoogleObject> {
  const { passId } = pass;
  const known = await selectObject(tenant, passId);
  if (known) return known;
  const design = await selectDesign(tenant, tenant.companyId, pass.designId);
  if (!design) throw new Error(`A pass has no design ${pass.designId}.`);
  const objectId = `${credential.issuerId}.card_${newUuid(wallet.random)}`;
  await wallet.directory.enter('google_object', objectId, tenant.companyId);
  const now = wallet.clock.now();
  const entered = { passId, objectId, vertical: verticalOf(design.body), rotationKeySealed: null };
  const isNew = await insertObject(tenant, entered, now);
  if (!isNew) await wallet.directory.remove('google_object', objectId);
  // Should the visit end here, the card reaches Google all the same: it is wanted now.
  return (await selectObject(tenant, passId))!;
}

import type { GoogleFailure, Patched, Resource } from '../../../adapters/google-wallet/index.ts';
import { sha256 } from '../../../platform/crypto/index.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import type { Design, PassRecord } from '../model.ts';
import { contentsOf, identityOf } from '../render-pass.ts';
import { selectDesign } from '../store/designs.ts';
import { selectPass } from '../store/passes.ts';
import type { Wallet } from '../wallet.ts';
import type { GoogleAccess } from './account.ts';
import { takeNotification } from './messages.store.ts';
import { CHANGES_A_DAY, type GoogleObject } from './model.ts';
import { keepRotationKey, settleObject } from './objects.store.ts';
import { type ClassAtGoogle, pushClass } from './push-class.ts';
import { hashOf } from './render-class.ts';
import { renderObject, spokenText } from './render-object.ts';
import { ROTATION_KEY_BYTES, rotationContext } from './rotating-code.ts';
import { writeWhole } from './write-whole.ts';

export type PushOutcome = { readonly status: 'done' } | GoogleFailure;

/** What one round of work shares: a design's class is looked at once for all its cards. */
export type PushRound = {
  readonly access: GoogleAccess;
  readonly classes: Map<number, Promise<ClassAtGoogle>>;
  readonly patienceMilliseconds: number;
};

/**
 * Brings a card to Google as it is now. Nothing is sent where Google has this content; what changes while it is sent
 * stays wanted. Refused content is settled with its reason: sent again unchanged it would be refused again.
 */
export async function pushObject(
  wallet: Wallet,
  tenant: Tenant,
  round: PushRound,
  object: GoogleObject,
): Promise<PushOutcome> {
  const card = await describeCard(wallet, tenant, round, object);
  if (card.status === 'gone') return { status: 'done' };
  // A design that Google does not take holds up its own cards, not those of the others.
  if (card.status === 'refused') return settleRefused(wallet, tenant, object, `Class:${card.reason}`);
  if (card.status !== 'ready') return card;
  const { body, hash, spokenHash, pass, own } = card;
  const unchanged = object.pushedHash?.equals(hash) === true;
  const written = unchanged
    ? await whoHasIt(wallet, round, object, own)
    : await send(wallet, tenant, round, object, card);
  const now = wallet.clock.now();
  const settled = { passId: object.passId, wanted: object.wanted, at: now };
  switch (written.status) {
    case 'done': {
      const { hasUsers } = written.resource;
      await settleObject(tenant, {
        ...settled,
        classId: String(written.resource.classId ?? body.classId),
        vertical: own.vertical,
        pushedHash: hash,
        pushedVersion: pass.contentVersion,
        spokenHash,
        problem: null,
        hasUsers: typeof hasUsers === 'boolean' ? hasUsers : null,
      });
      return { status: 'done' };
    }
    case 'refused':
      return settleRefused(wallet, tenant, object, written.reason);
    case 'absent':
      // The class is gone, or was never there although we remember it: the next round brings it anew.
      await pushClass(wallet, tenant, round.access, card.design, { anew: true });
      return { status: 'retry', reason: 'ClassMissing', afterMilliseconds: 1_000 };
    default:
      return written;
  }
}

/** Not sent again before it changes: the same would be refused the same way. */
async function settleRefused(
  wallet: Wallet,
  tenant: Tenant,
  object: GoogleObject,
  problem: string,
): Promise<PushOutcome> {
  const { passId, wanted, classId, vertical, pushedHash, pushedVersion, spokenHash } = object;
  wallet.log.error({ companyId: tenant.companyId, passId, reason: problem }, 'Google refuses a card');
  const kept = { passId, wanted, classId, vertical, pushedHash, pushedVersion, spokenHash };
  await settleObject(tenant, { ...kept, problem, hasUsers: null, at: wallet.clock.now() });
  return { status: 'done' };
}

type ReadyCard = {
  status: 'ready';
  body: Resource;
  hash: Buffer;
  spokenHash: Buffer;
  pass: PassRecord;
  design: Design;
  own: Extract<ClassAtGoogle, { status: 'done' }>;
};

/** The card as Google shall have it; makes its class and its changing key on the way. */
export async function describeCard(
  wallet: Wallet,
  tenant: Tenant,
  round: PushRound,
  object: GoogleObject,
): Promise<ReadyCard | { status: 'gone' } | GoogleFailure> {
  const { companyId } = tenant;
  const pass = await selectPass(tenant, companyId, object.passId);
  const design = pass && (await selectDesign(tenant, companyId, pass.designId));
  if (!pass || !design) return { status: 'gone' };
  const { patienceMilliseconds, access, classes } = round;
  const making = classes.get(design.designId) ?? pushClass(wallet, tenant, access, design, { patienceMilliseconds });
  classes.set(design.designId, making);
  const own = await making;
  if (own.status !== 'done') return own;
  const contents = contentsOf(design, pass, pass.snapshot, identityOf(pass));
  const body = renderObject(design.body, contents, {
    ...own,
    objectId: object.objectId,
    companyId,
    publicUrl: wallet.publicUrl,
    serial: pass.serial,
    rotationKey: await rotationKeyOf(wallet, tenant, design, object),
  });
  return {
    status: 'ready',
    body,
    hash: hashOf(body),
    spokenHash: sha256(spokenText(contents[0].content)),
    pass,
    design,
    own,
  };
}

async function rotationKeyOf(
  wallet: Wallet,
  tenant: Tenant,
  design: Design,
  object: GoogleObject,
): Promise<string | null> {
  if (design.body.google?.rotatingSeconds === undefined) return null;
  const context = rotationContext(tenant.companyId, object.passId);
  const sealed =
    object.rotationKeySealed ??
    (await keepRotationKey(tenant, object.passId, wallet.vault.seal(wallet.random(ROTATION_KEY_BYTES), context)));
  return wallet.vault.open(sealed, context).toString('hex');
}

/** A card that has not changed, but of which it is unsure who has it. */
async function whoHasIt(
  wallet: Wallet,
  { access, patienceMilliseconds }: PushRound,
  object: GoogleObject,
  { vertical }: ReadyCard['own'],
): Promise<Patched> {
  const known = { id: object.objectId, classId: object.classId };
  if (!object.holdersUnsure) return { status: 'done', resource: known };
  const found = await wallet.google.get(access.account, `${vertical}Object`, object.objectId, { patienceMilliseconds });
  return found.status === 'absent' ? { status: 'done', resource: { ...known, hasUsers: false } } : found;
}

async function send(
  wallet: Wallet,
  tenant: Tenant,
  { access, patienceMilliseconds }: PushRound,
  object: GoogleObject,
  { body, pass, own, spokenHash }: ReadyCard,
): Promise<Patched> {
  const kind = `${own.vertical}Object` as const;
  const patience = { patienceMilliseconds };
  if (object.pushedHash === null) {
    const inserted = await wallet.google.insert(access.account, kind, body, patience);
    return inserted.status === 'exists' ? wallet.google.patch(access.account, kind, body, patience) : inserted;
  }
  const speaks = object.spokenHash !== null && !object.spokenHash.equals(spokenHash) && object.installed;
  const reason = `version:${pass.contentVersion}`;
  const notification = { reason, limit: CHANGES_A_DAY, now: wallet.clock.now() };
  const aloud = speaks && (await takeNotification(tenant, object.passId, notification));
  const notice = aloud ? { notifyPreference: 'NOTIFY_ON_UPDATE' } : {};
  const written = await writeWhole(wallet.google, access.account, kind, body, { ...patience, notice });
  // Whether an object may change its class is not said anywhere: if not, the card keeps its old look and tells the truth.
  const moved = object.classId !== null && object.classId !== body.classId;
  if (written.status !== 'refused' || !moved) return written;
  const { classId: _, ...still } = body;
  return wallet.google.patch(access.account, kind, { ...still, ...notice } as Resource, patience);
}

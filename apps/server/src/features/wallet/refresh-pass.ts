import type { Tenant, TenantTransaction } from '../../platform/database/index.ts';
import { writeCode } from './changing-codes/model.ts';
import { shownCodes } from './changing-codes/shown-codes.ts';
import { type CardSubject, type Design, designFor, type PassRecord, type Snapshot } from './model.ts';
import { type DesignOf, rememberDesigns } from './remember-designs.ts';
import { contentsOf, hashContents, identityOf, takeSnapshot } from './render-pass.ts';
import { selectPasses, type VersionOf } from './store/passes.ts';
import type { Wallet } from './wallet.ts';
import { type Edited, type NewVersion, type VersionMode, writeSame, writeVersions } from './write-versions.ts';

/** More rounds than this means that the account changes faster than it can be read: the job tries again later. */
const ROUNDS_MAX = 10;
/** So many accounts are read at once: reads of one instant share a statement, of which a till may have to wait for one. */
const READERS = 32;

/** What somebody changes on one card by hand. */
export type PassChange = Partial<Pick<PassRecord, 'ownValues' | 'own' | 'voided' | 'deletedAt' | 'designId'>>;

export type PassEdit = {
  /**
   * The change for a card as it is now; null: none. Asked again when another write was first. `subject` tells of the
   * guest and the account, for whom that matters.
   */
  readonly change: (
    pass: PassRecord,
    subject: () => Promise<CardSubject>,
  ) => PassChange | null | Promise<PassChange | null>;
  /** What belongs to the changes, in their transaction. */
  readonly also?: (transaction: TenantTransaction, changes: readonly Edited[]) => Promise<void>;
};

/**
 * Brings a card to what its account and design say now, with what somebody changes on it: the change, the version that
 * shows it and the pushes that tell of it are one transaction.
 * @returns the card as it is then, or null when there is none
 */
export async function refreshPass(
  wallet: Wallet,
  tenant: Tenant,
  { passId, ...how }: { passId: number; mode: VersionMode; edit?: PassEdit },
): Promise<PassRecord | null> {
  const { settled, failed } = await refreshPasses(wallet, tenant, { passIds: [passId], ...how });
  const [failure] = failed;
  if (failure) throw failure.error;
  return settled[0] ?? null;
}

export type Refreshed = {
  /** As they are now. Cards that do not exist are missing. */
  readonly settled: readonly PassRecord[];
  readonly failed: readonly { readonly passId: number; readonly error: unknown }[];
};

/**
 * Brings cards (some hundreds at most) to what their accounts and designs say now. The same content makes no new version.
 * After each version it looks again: of two refreshes at once the slower one might else write what has already passed.
 */
export async function refreshPasses(
  wallet: Wallet,
  tenant: Tenant,
  { passIds, mode, edit }: { passIds: readonly number[]; mode: VersionMode; edit?: PassEdit },
): Promise<Refreshed> {
  const unedited = new Set(edit ? passIds : []);
  const changeOf: ChangeOf = (pass, subject) => (edit && unedited.has(pass.passId) ? edit.change(pass, subject) : null);
  const settled: PassRecord[] = [];
  const failed: { passId: number; error: unknown }[] = [];
  let open = passIds;
  for (let round = 0; open.length > 0; round++) {
    if (round === ROUNDS_MAX) {
      const error = new Error(`Cards did not come to rest in ${ROUNDS_MAX} rounds.`);
      failed.push(...open.map((passId) => ({ passId, error })));
      break;
    }
    const passes = await selectPasses(tenant, tenant.companyId, open);
    const seen = await lookAt(wallet, tenant, passes, changeOf);
    const same = seen.flatMap((one) => (one.found === 'renamed' ? [one] : []));
    const changed = seen.flatMap((one) => (one.found === 'changed' ? [one] : []));
    const also = edit?.also;
    const written = [
      ...(same.length > 0 ? await writeSame(wallet, tenant, { versions: same, also }) : []),
      ...(changed.length > 0 ? await writeVersions(wallet, tenant, { versions: changed, mode, also }) : []),
    ];
    for (const passId of written) unedited.delete(passId);
    for (const one of seen) {
      if (one.found === 'failed') failed.push({ passId: one.pass.passId, error: one.error });
      else if (one.found === 'same') settled.push(one.pass);
    }
    open = [...same, ...changed].map(({ pass }) => pass.passId);
  }
  return { settled, failed };
}

type Seen =
  | { readonly found: 'same'; readonly pass: PassRecord }
  /** The same content, made from another revision or design. */
  | ({ readonly found: 'renamed' } & VersionOf)
  | ({ readonly found: 'changed' } & NewVersion)
  | { readonly found: 'failed'; readonly pass: PassRecord; readonly error: unknown };

type ChangeOf = PassEdit['change'];

async function lookAt(
  wallet: Wallet,
  tenant: Tenant,
  passes: readonly PassRecord[],
  changeOf: ChangeOf,
): Promise<Seen[]> {
  const designOf = rememberDesigns(tenant);
  const seen: Seen[] = [];
  const waiting = passes.values();
  const read = async () => {
    for (const pass of waiting) {
      try {
        seen.push(await look(wallet, tenant, pass, { designOf, changeOf }));
      } catch (error) {
        seen.push({ found: 'failed', pass, error });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(READERS, passes.length) }, read));
  return seen;
}

type Look = { readonly designOf: DesignOf; readonly changeOf: ChangeOf };

async function look(wallet: Wallet, tenant: Tenant, pass: PassRecord, { designOf, changeOf }: Look): Promise<Seen> {
  const subject = once(() => wallet.loadSubject(tenant, pass.accountId));
  const change = await changeOf(pass, subject);
  const edited = change && { ...pass, ...change, revision: pass.revision + 1 };
  const card = edited ?? pass;
  const { design, snapshot } = await readContent(wallet, tenant, card, { designOf, subject });
  const contents = contentsOf(design, card, snapshot, identityOf(pass));
  const contentHash = hashContents(contents);
  const codes = shownCodes({ vault: wallet.vault, companyId: tenant.companyId }, pass, snapshot, contents);
  const version = { pass, edited, designId: design.designId, snapshot, codes };
  if (!contentHash.equals(pass.contentHash)) return { found: 'changed', ...version, contentHash };
  const settled = design.designId === pass.designId && snapshot.revision === pass.snapshot.revision;
  return settled && !edited ? { found: 'same', pass } : { found: 'renamed', ...version };
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | null = null;
  return () => (loading ??= load());
}

/** What a card says now. A tombstone says nothing of anybody, and its guest may be forgotten by now. */
async function readContent(
  wallet: Wallet,
  tenant: Tenant,
  card: PassRecord,
  { designOf, subject: load }: { designOf: DesignOf; subject: () => Promise<CardSubject> },
): Promise<{ design: Design; snapshot: Snapshot }> {
  if (card.deletedAt) {
    const design = await wornDesign(wallet, tenant, card, { wanted: card.designId, designOf });
    return { design, snapshot: { revision: design.revision, variables: {} } };
  }
  const subject = await load();
  const design = await wornDesign(wallet, tenant, card, { wanted: designFor(card.designId, subject), designOf });
  const { passId, codeEpoch: epoch } = card;
  const code = design.body.changingCode && writeCode(wallet.vault, tenant.companyId, { passId, epoch });
  return { design, snapshot: takeSnapshot(design, card, subject, code) };
}

/** The design that a card takes; the one it wears where the level names a design that is not there. */
async function wornDesign(
  wallet: Wallet,
  { companyId }: Tenant,
  pass: PassRecord,
  { wanted, designOf }: { wanted: number; designOf: DesignOf },
): Promise<Design> {
  const design = await designOf(wanted);
  if (design) return design;
  wallet.log.warn({ companyId, passId: pass.passId, designId: wanted }, 'a level names a design that is not there');
  const worn = await designOf(pass.designId);
  if (!worn) throw new Error(`A pass has no design ${pass.designId}.`);
  return worn;
}

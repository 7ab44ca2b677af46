import type { Tenant } from '../../platform/database/index.ts';
import { writeCode } from './changing-codes/model.ts';
import { type Design, designFor, type PassRecord } from './model.ts';
import { contentsOf, hashContents, identityOf, takeSnapshot } from './render-pass.ts';
import { selectDesign } from './store/designs.ts';
import { selectPasses, updateSnapshots, type VersionOf } from './store/passes.ts';
import type { PushMode } from './tell-devices.ts';
import type { Wallet } from './wallet.ts';
import { type NewVersion, writeVersions } from './write-versions.ts';

/** More rounds than this means that the account changes faster than it can be read: the job tries again later. */
const ROUNDS_MAX = 10;
/** So many accounts are read at once: reads of one instant share a statement, of which a till may have to wait for one. */
const READERS = 32;

/**
 * Brings a card to what its account and design say now.
 * @returns the card as it is then, or null when there is none
 */
export async function refreshPass(
  wallet: Wallet,
  tenant: Tenant,
  { passId, mode }: { passId: number; mode: PushMode },
): Promise<PassRecord | null> {
  const { settled, failed } = await refreshPasses(wallet, tenant, { passIds: [passId], mode });
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
  { passIds, mode }: { passIds: readonly number[]; mode: PushMode },
): Promise<Refreshed> {
  const settled: PassRecord[] = [];
  const failed: { passId: number; error: unknown }[] = [];
  let open = passIds;
  for (let round = 0; open.length > 0; round++) {
    if (round === ROUNDS_MAX) {
      const error = new Error(`Cards did not come to rest in ${ROUNDS_MAX} rounds.`);
      failed.push(...open.map((passId) => ({ passId, error })));
      break;
    }
    const seen = await lookAt(wallet, tenant, await selectPasses(tenant, tenant.companyId, open));
    const same = seen.flatMap((one) => (one.found === 'renamed' ? [one] : []));
    const changed = seen.flatMap((one) => (one.found === 'changed' ? [one] : []));
    if (same.length > 0) await tenant.transaction((transaction) => updateSnapshots(transaction, same));
    if (changed.length > 0) await writeVersions(wallet, tenant, { versions: changed, mode });
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

async function lookAt(wallet: Wallet, tenant: Tenant, passes: readonly PassRecord[]): Promise<Seen[]> {
  const designOf = rememberDesigns(tenant);
  const seen: Seen[] = [];
  const waiting = passes.values();
  const read = async () => {
    for (const pass of waiting) {
      try {
        seen.push(await look(wallet, tenant, pass, designOf));
      } catch (error) {
        seen.push({ found: 'failed', pass, error });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(READERS, passes.length) }, read));
  return seen;
}

type DesignOf = (designId: number) => Promise<Design | null>;

/** Reads each design once for the whole look. */
function rememberDesigns(tenant: Tenant): DesignOf {
  const designs = new Map<number, Promise<Design | null>>();
  return (designId) => {
    const known = designs.get(designId) ?? selectDesign(tenant, tenant.companyId, designId);
    designs.set(designId, known);
    return known;
  };
}

async function look(wallet: Wallet, tenant: Tenant, pass: PassRecord, designOf: DesignOf): Promise<Seen> {
  const subject = await wallet.loadSubject(tenant, pass.accountId);
  const design = await wornDesign(wallet, tenant, pass, { wanted: designFor(pass.designId, subject), designOf });
  const { passId, codeEpoch: epoch } = pass;
  const code = design.body.changingCode && writeCode(wallet.vault, tenant.companyId, { passId, epoch });
  const snapshot = takeSnapshot(design, pass, subject, code);
  const contentHash = hashContents(contentsOf(design, pass, snapshot, identityOf(pass)));
  const { designId } = design;
  if (!contentHash.equals(pass.contentHash)) return { found: 'changed', pass, designId, snapshot, contentHash };
  if (designId === pass.designId && snapshot.revision === pass.snapshot.revision) return { found: 'same', pass };
  return { found: 'renamed', pass, designId, snapshot };
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

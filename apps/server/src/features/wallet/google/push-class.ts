import type { GoogleFailure } from '../../../adapters/google-wallet/index.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import type { Design } from '../model.ts';
import type { Wallet } from '../wallet.ts';
import type { GoogleAccess } from './account.ts';
import { selectClass, upsertClass } from './credentials.store.ts';
import { classIdOf, verticalOf } from './model.ts';
import { hashOf, renderClass } from './render-class.ts';
import { writeWhole } from './write-whole.ts';

export type ClassAtGoogle =
  | { readonly status: 'done'; readonly classId: string; readonly vertical: ReturnType<typeof verticalOf> }
  | GoogleFailure;

/**
 * Brings a design's class to Google, unless Google has this very content already. `anew` sends it in any case: Google
 * says that it has none.
 */
export async function pushClass(
  wallet: Wallet,
  tenant: Tenant,
  { credential, account }: GoogleAccess,
  design: Design,
  { anew = false, patienceMilliseconds }: { anew?: boolean; patienceMilliseconds?: number } = {},
): Promise<ClassAtGoogle> {
  const vertical = verticalOf(design.body);
  const classId = classIdOf(credential, design.designId, vertical);
  const { companyId } = tenant;
  const body = renderClass(design, { classId, vertical, companyId, publicUrl: wallet.publicUrl });
  const hash = hashOf(body);
  const known = await selectClass(tenant, design.designId);
  const here = { designId: design.designId, classId, revision: design.revision };
  if (!anew && known?.classId === classId && known.pushedHash?.equals(hash)) {
    await upsertClass(tenant, { ...known, ...here });
    return { status: 'done', classId, vertical };
  }
  const patience = patienceMilliseconds === undefined ? {} : { patienceMilliseconds };
  const written = await writeWhole(wallet.google, account, `${vertical}Class`, body, patience);
  const now = wallet.clock.now();
  switch (written.status) {
    case 'done': {
      const { reviewStatus } = written.resource;
      const status = typeof reviewStatus === 'string' ? reviewStatus : null;
      await upsertClass(tenant, { ...here, pushedHash: hash, pushedAt: now, reviewStatus: status, problem: null });
      return { status: 'done', classId, vertical };
    }
    case 'absent':
      // Neither there to change nor to be made: Google contradicts itself, so later perhaps.
      return { status: 'retry', reason: 'ClassNeitherThereNorNew', afterMilliseconds: null };
    case 'refused': {
      const kept = known?.classId === classId ? known : null;
      const problem = written.message || written.reason;
      const before = { pushedHash: kept?.pushedHash ?? null, pushedAt: kept?.pushedAt ?? null };
      await upsertClass(tenant, { ...here, ...before, reviewStatus: kept?.reviewStatus ?? null, problem });
      wallet.log.error({ companyId, designId: design.designId, reason: written.reason }, 'Google refuses a design');
      // The cards live on in the class as Google has it.
      return kept?.pushedHash ? { status: 'done', classId, vertical } : written;
    }
    default:
      return written;
  }
}

import { type Result, refuse, succeed } from '@tessera/contract';
import type { Platform } from '../../../platform/context.ts';
import { isUniqueViolation, type Tenant } from '../../../platform/database/index.ts';
import { selectCredential } from '../store/credentials.ts';
import { insertDesign } from '../store/designs.ts';
import { writeOutbox } from '../store/outbox.ts';
import type { DesignBody } from './body.ts';
import { checkBody } from './check-body.ts';
import { type DesignSaving, publishSaved, selectSavedDesign, updateSaved } from './designs.store.ts';
import { type DesignProblem, isError } from './problem.ts';

/** Saved, or all that is wrong with it. */
export type Saving = { readonly designId: number } | { readonly problems: readonly DesignProblem[] };

export type DesignOfPictures = {
  readonly name: string;
  readonly programmeId: number;
  readonly credentialId: number | null;
  /** Its pictures were uploaded before. */
  readonly body: DesignBody;
};

/**
 * Makes a design whose pictures are stored already. It is published at once: there are no cards yet.
 * Refuses `name_taken` and `not_found` (no such certificate).
 */
export async function addDesign(platform: Platform, tenant: Tenant, design: DesignOfPictures): Promise<Result<Saving>> {
  const now = platform.clock.now();
  if (!(await isCredential(tenant, design.credentialId))) return refuse('not_found');
  const problems = (await checkBody(tenant, design, now)).filter(isError);
  if (problems.length > 0) return succeed({ problems });
  return unlessNameTaken(async () => {
    const { designId } = await tenant.transaction((transaction) => insertDesign(transaction, design, now));
    return succeed({ designId });
  });
}

/**
 * Keeps a new revision of a design. Cards have what was pushed last until it is pushed, too; with `push` at once.
 * Refuses `not_found`, `name_taken` and `design_changed` (another revision was saved meanwhile).
 */
export async function saveDraft(
  platform: Platform,
  tenant: Tenant,
  { push, ...saving }: DesignSaving & { readonly push: boolean },
): Promise<Result<Saving>> {
  const { companyId } = tenant;
  const before = await selectSavedDesign(tenant, companyId, saving.designId);
  if (!before || !(await isCredential(tenant, saving.credentialId))) return refuse('not_found');
  if (before.newest.revision !== saving.revision) return refuse('design_changed');
  const now = platform.clock.now();
  const problems = (await checkBody(tenant, saving, now)).filter(isError);
  if (problems.length > 0) return succeed({ problems });
  const saved = await unlessNameTaken(() =>
    tenant.transaction(async (transaction): Promise<Result<Saving>> => {
      const { designId } = saving;
      if (!(await updateSaved(transaction, saving, now))) return refuse('design_changed');
      if (!push) return succeed({ designId });
      await publishSaved(transaction, { designId, revision: null }, now);
      await writeOutbox(transaction, 'design_changed', { designId, after: 0 }, now);
      return succeed({ designId });
    }),
  );
  if (push) platform.wake();
  return saved;
}

const isCredential = async (tenant: Tenant, credentialId: number | null): Promise<boolean> =>
  credentialId === null || (await selectCredential(tenant, tenant.companyId, credentialId)) !== null;

async function unlessNameTaken<T>(save: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await save();
  } catch (error) {
    if (isUniqueViolation(error, 'designs_company_id_name_key')) return refuse('name_taken');
    throw error;
  }
}

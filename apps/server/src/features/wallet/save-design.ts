import { type Result, refuse, succeed } from '@tessera/contract';
import type { Platform } from '../../platform/context.ts';
import { sha256 } from '../../platform/crypto/index.ts';
import { isUniqueViolation, type Tenant, type TenantTransaction } from '../../platform/database/index.ts';
import { type DesignFiles, findDesignFault, findFileFault } from './check-design.ts';
import type { Design, DesignDraft } from './model.ts';
import { insertAsset, insertDesign, insertRevision, selectDesign } from './store/designs.ts';
import { writeOutbox } from './store/outbox.ts';

export type NewDesignInput = {
  readonly name: string;
  readonly programmeId: number;
  /** null: the design waits for its certificate; no card can be issued yet. */
  readonly credentialId: number | null;
  readonly draft: DesignDraft;
  /** PNG files by their names in the bundle, e.g. `icon@2x.png`. */
  readonly files: DesignFiles;
};

/**
 * Makes a design with its pictures. Refuses `invalid_request` with the path of what is wrong.
 */
export async function createDesign(platform: Platform, tenant: Tenant, input: NewDesignInput): Promise<Result<Design>> {
  const now = platform.clock.now();
  const fault = findFileFault(input.files) ?? findDesignFault(input.draft, Object.keys(input.files), now);
  if (fault) return refuse('invalid_request', { path: fault });
  return savedUnlessNameTaken(() =>
    tenant.transaction(async (transaction) => {
      const images = await saveFiles(transaction, input.files, now);
      return insertDesign(transaction, { ...input, body: { ...input.draft, images } }, now);
    }),
  );
}

export type DesignChange = {
  readonly designId: number;
  readonly name?: string;
  readonly draft?: DesignDraft;
  /** All pictures anew; absent: they stay. */
  readonly files?: DesignFiles;
};

/** Makes a new revision of a design and pushes it; its cards follow in batches. Refuses `not_found`, `invalid_request`. */
export async function updateDesign(platform: Platform, tenant: Tenant, change: DesignChange): Promise<Result<Design>> {
  const before = await selectDesign(tenant, tenant.companyId, change.designId);
  if (!before) return refuse('not_found');
  const now = platform.clock.now();
  const draft = change.draft ?? before.body;
  const fault =
    (change.files ? findFileFault(change.files) : null) ??
    findDesignFault(draft, Object.keys(change.files ?? before.body.images), now);
  if (fault) return refuse('invalid_request', { path: fault });
  const saved = await savedUnlessNameTaken(() =>
    tenant.transaction(async (transaction) => {
      const images = change.files ? await saveFiles(transaction, change.files, now) : before.body.images;
      const body = { ...draft, images };
      const design = await insertRevision(transaction, change.designId, {
        name: change.name ?? before.name,
        body,
        now,
      });
      await writeOutbox(transaction, 'design_changed', { designId: change.designId, after: 0 }, now);
      return design;
    }),
  );
  platform.wake();
  return saved;
}

async function savedUnlessNameTaken(save: () => Promise<Design>): Promise<Result<Design>> {
  try {
    return succeed(await save());
  } catch (error) {
    if (isUniqueViolation(error, 'designs_company_id_name_key')) return refuse('invalid_request', { path: 'name' });
    throw error;
  }
}

async function saveFiles(
  transaction: TenantTransaction,
  files: DesignFiles,
  now: Temporal.Instant,
): Promise<Record<string, string>> {
  const images: Record<string, string> = {};
  for (const [name, bytes] of Object.entries(files)) {
    const hash = sha256(bytes).toString('hex');
    await insertAsset(transaction, hash, { mediaType: 'image/png', bytes }, now);
    images[name] = hash;
  }
  return images;
}

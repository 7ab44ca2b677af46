import type { Platform } from '../../../platform/context.ts';
import type { Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import type { Identifier } from '../model.ts';
import { blankGuest, hasErasedPhone } from './erasures.store.ts';
import { type ForgottenGuest, hashErasedPhone } from './model.ts';

/** Takes from a guest everything that tells who he is, and keeps hashes of his phones. */
export async function forgetIdentity(
  { vault, clock }: Pick<Platform, 'vault' | 'clock'>,
  transaction: TenantTransaction,
  forgotten: ForgottenGuest,
): Promise<void> {
  const phoneHashes = forgotten.phones.map((phone) => hashErasedPhone(vault, transaction.companyId, phone));
  await blankGuest(transaction, forgotten, { phoneHashes, now: clock.now() });
}

/** Whether whoever has these identifiers was a guest before and had himself erased. */
export const wasErased = (
  { vault }: Pick<Platform, 'vault'>,
  tenant: Tenant,
  identifiers: readonly Pick<Identifier, 'kind' | 'value'>[],
): Promise<boolean> =>
  hasErasedPhone(
    tenant,
    identifiers.flatMap(({ kind, value }) =>
      kind === 'phone' ? [hashErasedPhone(vault, tenant.companyId, value)] : [],
    ),
  );

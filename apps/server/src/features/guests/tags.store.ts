import type { Tenant, TenantTransaction } from '../../platform/database/index.ts';

export const TAGS_MAX = 100;

/** The tags of a guest, in the order of the alphabet. */
export async function selectTags(tenant: Tenant, guestId: number): Promise<string[]> {
  const rows = await tenant.query<{ tag: string }>(
    {
      name: 'guest-tags',
      text: `select tag from guest_tags where company_id = $1 and guest_id = $2 order by tag limit ${TAGS_MAX}`,
    },
    [tenant.companyId, guestId],
  );
  return rows.map((row) => row.tag);
}

/** Adds tags to a guest; those that he has stay. */
export async function addTags(
  transaction: TenantTransaction,
  companyId: number,
  guestId: number,
  { tags, now }: { tags: readonly string[]; now: Temporal.Instant },
): Promise<void> {
  await transaction.query(
    `insert into guest_tags (company_id, guest_id, tag, created_at)
     select $1, $2, unnest($3::text[]), $4 on conflict do nothing`,
    [companyId, guestId, tags, now.toString()],
  );
}

/** Gives a guest exactly these tags; false for an unknown guest. */
export async function replaceTags(
  tenant: Tenant,
  guestId: number,
  tags: readonly string[],
  now: Temporal.Instant,
): Promise<boolean> {
  return tenant.transaction(async (transaction) => {
    const guests = await transaction.query(
      'select from guests where company_id = $1 and guest_id = $2 and erased_at is null for no key update',
      [tenant.companyId, guestId],
    );
    if (guests.length === 0) return false;
    await transaction.query('delete from guest_tags where company_id = $1 and guest_id = $2 and tag <> all ($3)', [
      tenant.companyId,
      guestId,
      tags,
    ]);
    await addTags(transaction, tenant.companyId, guestId, { tags, now });
    return true;
  });
}

import type { Tenant } from '../../platform/database/index.ts';
import type { ConsentPurpose } from './model.ts';

/** A condition: the guest of a column has agreed to advertising and has not taken it back. `$1` is the company. */
export const agreesToAdvertising = (guestId: string): string =>
  `exists (select from consents c where c.company_id = $1 and c.guest_id = ${guestId}
     and c.purpose = 'marketing' and c.withdrawn_at is null)`;

/**
 * Takes back what a guest has agreed to; the proof that he had stays.
 * @returns whether there was something to take back; null: there is no such guest
 */
export async function withdrawConsent(
  tenant: Tenant,
  guestId: number,
  { purpose, now }: { purpose: ConsentPurpose; now: Temporal.Instant },
): Promise<boolean | null> {
  const rows = await tenant.query<{ withdrawn: boolean }>(
    `with gone as (
       update consents set withdrawn_at = $4
       where company_id = $1 and guest_id = $2 and purpose = $3 and withdrawn_at is null returning consent_id)
     select exists (select from gone) as withdrawn from guests where company_id = $1 and guest_id = $2`,
    [tenant.companyId, guestId, purpose, now.toString()],
  );
  return rows[0]?.withdrawn ?? null;
}

import type { Tenant } from '../../../platform/database/index.ts';

export type HeldConsent = {
  readonly purpose: string;
  readonly textVersion: string;
  readonly language: string;
  readonly source: string;
  readonly address: string | null;
  readonly agent: string | null;
  readonly givenAt: Temporal.Instant;
  readonly withdrawnAt: Temporal.Instant | null;
};

const CONSENTS_MAX = 1_000;

/** Everything a guest has agreed to, withdrawn ones too, with where he was on the net; oldest first. */
export async function selectHeldConsents(tenant: Tenant, guestId: number): Promise<HeldConsent[]> {
  return tenant.query<HeldConsent>(
    `select purpose, text_version as "textVersion", language, source, host(address) as address, agent,
       given_at as "givenAt", withdrawn_at as "withdrawnAt"
     from consents where company_id = $1 and guest_id = $2 order by consent_id limit ${CONSENTS_MAX}`,
    [tenant.companyId, guestId],
  );
}

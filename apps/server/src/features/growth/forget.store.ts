import type { Tenant, TenantTransaction } from '../../platform/database/index.ts';
import type { ForgottenGuest } from '../guests/index.ts';

/** Forgets what a guest answered on forms, and what was typed under his phone and never finished. */
export async function forgetAnswers(
  transaction: TenantTransaction,
  { guestId, phones }: ForgottenGuest,
): Promise<void> {
  const { companyId } = transaction;
  await transaction.query('delete from form_answers where company_id = $1 and guest_id = $2', [companyId, guestId]);
  await transaction.query('delete from registrations where company_id = $1 and phone = any ($2::text[])', [
    companyId,
    phones,
  ]);
}

export async function countAnswersOf(tenant: Tenant, guestId: number): Promise<number> {
  const rows = await tenant.query<{ count: number }>(
    'select count(*)::integer as count from form_answers where company_id = $1 and guest_id = $2',
    [tenant.companyId, guestId],
  );
  return rows[0]!.count;
}

export type GuestAnswer = {
  readonly form: string;
  readonly question: string;
  readonly answer: string;
  readonly at: Temporal.Instant;
};

const ANSWERS_MAX = 1_000;

/** What a guest answered on forms, oldest first. */
export async function selectAnswersOfGuest(tenant: Tenant, guestId: number): Promise<GuestAnswer[]> {
  return tenant.query<GuestAnswer>(
    `select form_id as form, label as question, answer, answered_at as at from form_answers
     where company_id = $1 and guest_id = $2 order by answer_id limit ${ANSWERS_MAX}`,
    [tenant.companyId, guestId],
  );
}

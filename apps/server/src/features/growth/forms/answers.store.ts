import type { Queryable, Tenant } from '../../../platform/database/index.ts';

export type NewAnswer = { question: string; label: string; text: string };

/** Keeps what a guest answered; the same question of the same form again replaces it. */
export async function upsertAnswers(
  queryable: Queryable,
  companyId: number,
  of: { guestId: number; formId: string; answers: readonly NewAnswer[] },
  now: Temporal.Instant,
): Promise<void> {
  if (of.answers.length === 0) return;
  await queryable.query(
    `insert into form_answers (company_id, guest_id, form_id, question, label, answer, answered_at)
     select $1, $2, $3, question, label, answer, $7
     from unnest($4::text[], $5::text[], $6::text[]) as n(question, label, answer)
     on conflict (company_id, guest_id, form_id, question) do update
       set label = excluded.label, answer = excluded.answer, answered_at = excluded.answered_at`,
    [
      companyId,
      of.guestId,
      of.formId,
      of.answers.map(({ question }) => question),
      of.answers.map(({ label }) => label),
      of.answers.map(({ text }) => text),
      now.toString(),
    ],
  );
}

export type StoredAnswer = {
  answerId: number;
  answeredAt: Temporal.Instant;
  accountId: number | null;
  firstName: string;
  lastName: string;
  question: string;
  label: string;
  text: string;
};

/** Answers to a form, newest first, each with an account of its guest. */
export async function selectAnswers(
  tenant: Tenant,
  formId: string,
  { before, limit }: { before: number | null; limit: number },
): Promise<StoredAnswer[]> {
  const rows = await tenant.query<{
    answer_id: bigint;
    answered_at: Temporal.Instant;
    account_id: bigint | null;
    first_name: string;
    last_name: string;
    question: string;
    label: string;
    answer: string;
  }>(
    `select f.answer_id, f.answered_at, g.first_name, g.last_name, f.question, f.label, f.answer,
       (select min(a.account_id) from accounts a where a.company_id = f.company_id and a.guest_id = f.guest_id) as account_id
     from form_answers f join guests g on g.company_id = f.company_id and g.guest_id = f.guest_id
     where f.company_id = $1 and f.form_id = $2 and ($3::bigint is null or f.answer_id < $3)
     order by f.answer_id desc limit $4`,
    [tenant.companyId, formId, before, limit],
  );
  return rows.map((row) => ({
    answerId: Number(row.answer_id),
    answeredAt: row.answered_at,
    accountId: row.account_id === null ? null : Number(row.account_id),
    firstName: row.first_name,
    lastName: row.last_name,
    question: row.question,
    label: row.label,
    text: row.answer,
  }));
}

/** Keeps the words beside a consent's box, once for all. */
export async function insertWording(
  tenant: Tenant,
  { hash, wording, documentUrl }: { hash: string; wording: string; documentUrl: string | null },
  now: Temporal.Instant,
): Promise<void> {
  await tenant.query(
    `insert into consent_wordings (company_id, hash, wording, document_url, created_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [tenant.companyId, hash, wording, documentUrl, now.toString()],
  );
}

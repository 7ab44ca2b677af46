import type { Queryable, Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import type { HaltReason } from '../push-tally.ts';

/** How Apple takes the pushes of a certificate. */
export type PushState = {
  readonly halted: HaltReason | null;
  readonly haltedAt: Temporal.Instant | null;
  readonly trustedUntil: Temporal.Instant | null;
  /** When a person, or a new certificate, let pushes go on. */
  readonly releasedAt: Temporal.Instant | null;
  readonly refused: string | null;
  readonly refusedAt: Temporal.Instant | null;
};

export type Pushing = PushState & { readonly credentialId: number };

type Row = {
  credential_id: number;
  halted: HaltReason | null;
  halted_at: Temporal.Instant | null;
  trusted_until: Temporal.Instant | null;
  released_at: Temporal.Instant | null;
  refused: string | null;
  refused_at: Temporal.Instant | null;
};

const toPushing = (row: Row): Pushing => ({
  credentialId: row.credential_id,
  halted: row.halted,
  haltedAt: row.halted_at,
  trustedUntil: row.trusted_until,
  releasedAt: row.released_at,
  refused: row.refused,
  refusedAt: row.refused_at,
});

const SELECT = `select c.credential_id, s.halted, s.halted_at, s.trusted_until, s.released_at, s.refused, s.refused_at
   from credentials c
   left join apple_push_states s on s.company_id = $1 and s.credential_id = c.credential_id`;

/** With which certificate the devices of a pass type are pushed, and how that goes; null: nobody's pass type here. */
export async function selectPushing(
  queryable: Queryable,
  companyId: number,
  passTypeIdentifier: string,
): Promise<Pushing | null> {
  const rows = await queryable.query<Row>(
    { name: 'wallet-pushing', text: `${SELECT} where c.company_id = $1 and c.pass_type_identifier = $2` },
    [companyId, passTypeIdentifier],
  );
  return rows[0] ? toPushing(rows[0]) : null;
}

/** Those of all certificates of a company, at most 500. */
export async function selectPushStates(queryable: Queryable, companyId: number): Promise<Map<number, PushState>> {
  const rows = await queryable.query<Row>(`${SELECT} where c.company_id = $1 limit 500`, [companyId]);
  return new Map(rows.map((row) => [row.credential_id, toPushing(row)]));
}

/** true when this call was the one that stopped the pushes. */
export async function haltPushes(
  tenant: Tenant,
  credentialId: number,
  halted: HaltReason,
  now: Temporal.Instant,
): Promise<boolean> {
  const rows = await tenant.query(
    `insert into apple_push_states as s (company_id, credential_id, halted, halted_at) values ($1, $2, $3, $4)
     on conflict (company_id, credential_id) do update set halted = excluded.halted, halted_at = excluded.halted_at
       where s.halted is null returning credential_id`,
    [tenant.companyId, credentialId, halted, now.toString()],
  );
  return rows.length > 0;
}

/** Lets pushes go on; dead tokens are believed until `trustedUntil`. false: they did not stand still. */
export async function releasePushes(
  tenant: Queryable,
  companyId: number,
  credentialId: number,
  { trustedUntil, now }: { trustedUntil: Temporal.Instant | null; now: Temporal.Instant },
): Promise<boolean> {
  const rows = await tenant.query(
    `update apple_push_states set halted = null, halted_at = null, trusted_until = $3, released_at = $4
     where company_id = $1 and credential_id = $2 and halted is not null returning credential_id`,
    [companyId, credentialId, trustedUntil?.toString() ?? null, now.toString()],
  );
  return rows.length > 0;
}

/** With a new certificate, what Apple said of the one before counts no more. */
export async function beginPushes(
  transaction: TenantTransaction,
  credentialId: number,
  now: Temporal.Instant,
): Promise<void> {
  await transaction.query(
    `update apple_push_states set halted = null, halted_at = null, trusted_until = null, refused = null,
       refused_at = null, released_at = $3
     where company_id = $1 and credential_id = $2`,
    [transaction.companyId, credentialId, now.toString()],
  );
}

/** Notes that Apple refuses the pushes of a certificate and why; null: it takes them. */
export async function noteRefusal(
  tenant: Queryable,
  companyId: number,
  credentialId: number,
  refusal: { reason: string; at: Temporal.Instant } | null,
): Promise<void> {
  await tenant.query(
    `insert into apple_push_states as s (company_id, credential_id, refused, refused_at) values ($1, $2, $3, $4)
     on conflict (company_id, credential_id) do update set refused = excluded.refused,
       refused_at = case when s.refused is null then excluded.refused_at
         when excluded.refused is null then null else s.refused_at end`,
    [companyId, credentialId, refusal?.reason ?? null, refusal?.at.toString() ?? null],
  );
}

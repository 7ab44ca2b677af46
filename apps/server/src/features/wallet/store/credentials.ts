import type { Queryable, Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import type { CredentialRecord } from '../model.ts';
import { type CredentialRow, credentialColumns, toCredential } from './rows.ts';

export async function selectCredential(
  queryable: Queryable,
  companyId: number,
  credentialId: number,
): Promise<CredentialRecord | null> {
  const rows = await queryable.query<CredentialRow>(
    `select ${credentialColumns} from credentials c where c.company_id = $1 and c.credential_id = $2`,
    [companyId, credentialId],
  );
  return rows[0] ? toCredential(rows[0]) : null;
}

export type ListedCredential = CredentialRecord & { readonly passes: number };

/** All credentials of a company, with the number of cards each has signed; one only, when its id is given. */
export async function selectCredentials(
  queryable: Queryable,
  companyId: number,
  credentialId: number | null = null,
): Promise<ListedCredential[]> {
  const rows = await queryable.query<CredentialRow & { passes: number }>(
    `select ${credentialColumns},
       (select count(*)::integer from passes p where p.company_id = $1 and p.credential_id = c.credential_id) as passes
     from credentials c where c.company_id = $1 and ($2::integer is null or c.credential_id = $2)
     order by c.name limit 500`,
    [companyId, credentialId],
  );
  return rows.map((row) => ({ ...toCredential(row), passes: row.passes }));
}

/** What the certificates of a company are called. */
export async function selectCredentialNames(tenant: Tenant): Promise<{ credentialId: number; name: string }[]> {
  const rows = await tenant.query<{ credential_id: number; name: string }>(
    'select credential_id, name from credentials where company_id = $1 order by name, credential_id limit 500',
    [tenant.companyId],
  );
  return rows.map((row) => ({ credentialId: row.credential_id, name: row.name }));
}

export type NewCredentialRow = {
  name: string;
  passTypeIdentifier: string;
  teamIdentifier: string;
  demo: boolean;
  now: Temporal.Instant;
};

/** The number comes first: the private key is sealed for it. */
export async function insertCredential(transaction: TenantTransaction, row: NewCredentialRow): Promise<number> {
  const rows = await transaction.query<{ credential_id: number }>(
    `insert into credentials (company_id, name, pass_type_identifier, team_identifier, demo, created_at)
     values ($1, $2, $3, $4, $5, $6) returning credential_id`,
    [transaction.companyId, row.name, row.passTypeIdentifier, row.teamIdentifier, row.demo, row.now.toString()],
  );
  return rows[0]!.credential_id;
}

export async function updateKey(
  transaction: TenantTransaction,
  credentialId: number,
  key: { privateKeySealed: Buffer; requestPem: string | null },
): Promise<void> {
  await transaction.query(
    `update credentials set private_key_sealed = $3, request_pem = coalesce($4, request_pem)
     where company_id = $1 and credential_id = $2`,
    [transaction.companyId, credentialId, key.privateKeySealed, key.requestPem],
  );
}

export async function deleteCredential(queryable: Queryable, companyId: number, credentialId: number): Promise<void> {
  await queryable.query('delete from credentials where company_id = $1 and credential_id = $2', [
    companyId,
    credentialId,
  ]);
}

export type CertificateRow = {
  certificate: Buffer;
  intermediate: Buffer;
  notBefore: Temporal.Instant;
  notAfter: Temporal.Instant;
};

export async function updateCertificate(
  transaction: TenantTransaction,
  credentialId: number,
  row: CertificateRow,
): Promise<void> {
  await transaction.query(
    `update credentials set certificate = $3, intermediate = $4, not_before = $5, not_after = $6
     where company_id = $1 and credential_id = $2`,
    [
      transaction.companyId,
      credentialId,
      row.certificate,
      row.intermediate,
      row.notBefore.toString(),
      row.notAfter.toString(),
    ],
  );
}

import type { Queryable, Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import type { OwnThings, PassRecord, Snapshot } from '../model.ts';
import { type PassRow, passColumns, toPass } from './rows.ts';

/** Any constant: with the company's number it names the lock under which update markers are taken. */
const MARKER_LOCK = 741_203;

/**
 * Until this transaction ends no other one of the company takes an update marker. Otherwise a lower marker could become
 * visible after a higher one was told to a phone, and that phone would never hear of the lower one.
 */
export async function lockMarkers(transaction: TenantTransaction): Promise<void> {
  await transaction.query('select pg_advisory_xact_lock($1, $2)', [MARKER_LOCK, transaction.companyId]);
}

export async function nextMarker(transaction: TenantTransaction): Promise<bigint> {
  const rows = await transaction.query<{ marker: bigint }>(`select nextval('pass_update_sequence') as marker`, []);
  return rows[0]!.marker;
}

export async function selectPass(queryable: Queryable, companyId: number, passId: number): Promise<PassRecord | null> {
  const rows = await queryable.query<PassRow>(
    `select ${passColumns} from passes p where p.company_id = $1 and p.pass_id = $2`,
    [companyId, passId],
  );
  return rows[0] ? toPass(rows[0]) : null;
}

export async function selectPasses(
  queryable: Queryable,
  companyId: number,
  passIds: readonly number[],
): Promise<PassRecord[]> {
  const rows = await queryable.query<PassRow>(
    `select ${passColumns} from passes p where p.company_id = $1 and p.pass_id = any ($2) order by p.pass_id`,
    [companyId, passIds],
  );
  return rows.map(toPass);
}

/** Cards by what their addresses say, the newest first. */
export async function selectPassesByGuid(tenant: Tenant, guids: readonly string[]): Promise<PassRecord[]> {
  const rows = await tenant.query<PassRow>(
    `select ${passColumns} from passes p
     where p.company_id = $1 and p.guid = any ($2::uuid[]) and p.deleted_at is null order by p.pass_id desc`,
    [tenant.companyId, guids],
  );
  return rows.map(toPass);
}

export async function selectPassBySerial(
  queryable: Queryable,
  companyId: number,
  passTypeIdentifier: string,
  serial: string,
): Promise<PassRecord | null> {
  const rows = await queryable.query<PassRow>(
    {
      name: 'wallet-pass-by-serial',
      text: `select ${passColumns} from passes p where p.company_id = $1 and p.pass_type_identifier = $2 and p.serial = $3`,
    },
    [companyId, passTypeIdentifier, serial],
  );
  return rows[0] ? toPass(rows[0]) : null;
}

/** The cards with this serial, whatever their pass type: one in nearly every company. */
export async function selectPassesBySerial(
  queryable: Queryable,
  companyId: number,
  serial: string,
): Promise<PassRecord[]> {
  const rows = await queryable.query<PassRow>(
    `select ${passColumns} from passes p where p.company_id = $1 and p.serial = $2 order by p.pass_id limit 20`,
    [companyId, serial],
  );
  return rows.map(toPass);
}

export async function selectPassByGuid(
  queryable: Queryable,
  companyId: number,
  guid: string,
): Promise<PassRecord | null> {
  const rows = await queryable.query<PassRow>(
    `select ${passColumns} from passes p where p.company_id = $1 and p.guid = $2`,
    [companyId, guid],
  );
  return rows[0] ? toPass(rows[0]) : null;
}

/** The card that an account has of one of these designs, the oldest of several. */
export async function selectPassOfAccount(
  queryable: Queryable,
  companyId: number,
  accountId: number,
  designIds: readonly number[],
): Promise<PassRecord | null> {
  const rows = await queryable.query<PassRow>(
    `select ${passColumns} from passes p
     where p.company_id = $1 and p.account_id = $2 and p.design_id = any ($3) and p.replaced_by is null
       and p.deleted_at is null
     order by p.pass_id limit 1`,
    [companyId, accountId, designIds],
  );
  return rows[0] ? toPass(rows[0]) : null;
}

export type NewPass = {
  guid: string;
  serial: string;
  passTypeIdentifier: string;
  credentialId: number;
  designId: number;
  accountId: number;
  tokenKeyId: number;
  /** Where the card comes from; null: nobody said. */
  source: string | null;
  ownValues: PassRecord['ownValues'];
  own: OwnThings;
  snapshot: Snapshot;
  contentHash: Buffer;
  lastModified: Temporal.Instant;
  now: Temporal.Instant;
};

/** Call with the markers locked. Null: its design was deleted meanwhile. */
export async function insertPass(transaction: TenantTransaction, pass: NewPass): Promise<PassRecord | null> {
  const rows = await transaction.query<PassRow>(
    `insert into passes as p (company_id, guid, serial, pass_type_identifier, credential_id, design_id, account_id,
       token_key_id, snapshot, content_hash, update_sequence, last_modified, created_at, source, own_values, own)
     select $1, $2, $3, $4, $5, design_id, $7, $8, $9, $10, nextval('pass_update_sequence'), $11, $12, $13, $14, $15
     from designs where company_id = $1 and design_id = $6 and deleted_at is null
     returning ${passColumns}`,
    [
      transaction.companyId,
      pass.guid,
      pass.serial,
      pass.passTypeIdentifier,
      pass.credentialId,
      pass.designId,
      pass.accountId,
      pass.tokenKeyId,
      JSON.stringify(pass.snapshot),
      pass.contentHash,
      pass.lastModified.toString(),
      pass.now.toString(),
      pass.source,
      JSON.stringify(pass.ownValues),
      JSON.stringify(pass.own),
    ],
  );
  return rows[0] ? toPass(rows[0]) : null;
}

export type VersionOf = {
  /** The card as it was read. */
  readonly pass: PassRecord;
  readonly designId: number;
  readonly snapshot: Snapshot;
  /** The card with what somebody changes on it; null: nobody does. */
  readonly edited: PassRecord | null;
  /** What it shows a scanner: see `shownCodes`. */
  readonly codes: readonly Buffer[];
};

const versionColumns = `snapshot = v.snapshot::jsonb, design_id = v.design_id, own_values = v.own_values::jsonb, own = v.own::jsonb,
  voided = v.voided, deleted_at = v.deleted_at, revision = v.new_revision`;
/** Arrays from $2 to $11, and the cards that are still as they were read. */
const versionArrays =
  '$2::bigint[], $3::integer[], $4::integer[], $5::text[], $6::integer[], $7::text[], $8::text[], ' +
  '$9::boolean[], $10::timestamptz[], $11::integer[]';
const versionNames =
  'pass_id, content_version, revision, snapshot, design_id, own_values, own, voided, deleted_at, new_revision';
const versionGuard = `p.company_id = $1 and p.pass_id = v.pass_id and p.content_version = v.content_version
  and p.revision = v.revision`;

function versionParameters(versions: readonly VersionOf[]): unknown[][] {
  const now = versions.map(({ pass, edited }) => edited ?? pass);
  return [
    versions.map(({ pass }) => pass.passId),
    versions.map(({ pass }) => pass.contentVersion),
    versions.map(({ pass }) => pass.revision),
    versions.map(({ snapshot }) => JSON.stringify(snapshot)),
    versions.map(({ designId }) => designId),
    now.map(({ ownValues }) => JSON.stringify(ownValues)),
    now.map(({ own }) => JSON.stringify(own)),
    now.map(({ voided }) => voided),
    now.map(({ deletedAt }) => deletedAt?.toString() ?? null),
    now.map(({ revision }) => revision),
  ];
}

/**
 * New versions of many cards in one statement. Answers which were written: not those that another process was first with. Call
 * with the markers locked.
 */
export async function insertVersions(
  transaction: TenantTransaction,
  versions: readonly (VersionOf & {
    readonly contentHash: Buffer;
    readonly lastModified: Temporal.Instant;
    /** null: nobody was told of it. */
    readonly repushAt: Temporal.Instant | null;
  })[],
): Promise<number[]> {
  const rows = await transaction.query<{ pass_id: bigint }>(
    `update passes p set ${versionColumns}, content_hash = v.content_hash, last_modified = v.last_modified,
       content_version = p.content_version + 1, update_sequence = nextval('pass_update_sequence'),
       repush_at = v.repush_at, repush_step = 0
     from unnest(${versionArrays}, $12::bytea[], $13::timestamptz[], $14::timestamptz[])
       as v(${versionNames}, content_hash, last_modified, repush_at)
     where ${versionGuard} returning p.pass_id`,
    [
      transaction.companyId,
      ...versionParameters(versions),
      versions.map(({ contentHash }) => contentHash),
      versions.map(({ lastModified }) => lastModified.toString()),
      versions.map(({ repushAt }) => repushAt?.toString() ?? null),
    ],
  );
  return rows.map((row) => Number(row.pass_id));
}

/**
 * Notes what changes nothing that anybody sees: the same content made from a newer revision of the design, from another
 * design, with other unused variables or other notes. Answers which were written.
 */
export async function updateSnapshots(transaction: TenantTransaction, same: readonly VersionOf[]): Promise<number[]> {
  const rows = await transaction.query<{ pass_id: bigint }>(
    `update passes p set ${versionColumns} from unnest(${versionArrays}) as v(${versionNames})
     where ${versionGuard} returning p.pass_id`,
    [transaction.companyId, ...versionParameters(same)],
  );
  return rows.map((row) => Number(row.pass_id));
}

/** Remembers the lowest version that was downloaded since the last registration. */
export async function noteInstall(queryable: Queryable, companyId: number, pass: PassRecord): Promise<void> {
  await queryable.query(
    `update passes set install_version = $3
     where company_id = $1 and pass_id = $2 and (install_version is null or install_version > $3)`,
    [companyId, pass.passId, pass.contentVersion],
  );
}

/** Remembers that a device holds this version. */
export async function noteFetch(queryable: Queryable, companyId: number, pass: PassRecord): Promise<void> {
  await queryable.query(
    'update passes set fetched_version = $3 where company_id = $1 and pass_id = $2 and fetched_version < $3',
    [companyId, pass.passId, pass.contentVersion],
  );
}

export async function selectPassIdsOfAccount(
  queryable: Queryable,
  companyId: number,
  accountId: number,
): Promise<number[]> {
  const rows = await queryable.query<{ pass_id: bigint }>(
    'select pass_id from passes where company_id = $1 and account_id = $2 and deleted_at is null order by pass_id limit 1000',
    [companyId, accountId],
  );
  return rows.map((row) => Number(row.pass_id));
}

export async function selectPassIdsOfDesign(
  queryable: Queryable,
  companyId: number,
  designId: number,
  page: { after: number; limit: number },
): Promise<number[]> {
  const rows = await queryable.query<{ pass_id: bigint }>(
    `select pass_id from passes where company_id = $1 and design_id = $2 and pass_id > $3 and deleted_at is null
     order by pass_id limit $4`,
    [companyId, designId, page.after, page.limit],
  );
  return rows.map((row) => Number(row.pass_id));
}

export type PassSummaryRow = {
  serial: string;
  guid: string;
  design_id: number;
  design_name: string;
  devices: number;
  content_version: number;
  last_modified: Temporal.Instant;
  voided: boolean;
};

export function selectSummaries(queryable: Queryable, companyId: number, accountId: number): Promise<PassSummaryRow[]> {
  return queryable.query<PassSummaryRow>(
    `select p.serial, p.guid, p.design_id, d.name as design_name, p.content_version, p.last_modified, p.voided,
       (select count(*)::integer from apple_registrations r
        where r.company_id = $1 and r.pass_type_identifier = p.pass_type_identifier and r.serial = p.serial) as devices
     from passes p join designs d on d.company_id = $1 and d.design_id = p.design_id
     where p.company_id = $1 and p.account_id = $2 and p.deleted_at is null order by p.pass_id limit 100`,
    [companyId, accountId],
  );
}

import type { CredentialRecord, DesignBody, OwnThings, PassRecord, Snapshot } from '../model.ts';

/** Rows as the database gives them, and how they become records. */
export type PassRow = {
  pass_id: bigint;
  guid: string;
  serial: string;
  pass_type_identifier: string;
  credential_id: number;
  design_id: number;
  account_id: bigint;
  token_key_id: number;
  own_values: Record<string, string>;
  own: OwnThings;
  revision: number;
  snapshot: Snapshot;
  content_hash: Buffer;
  content_version: number;
  update_sequence: bigint;
  last_modified: Temporal.Instant;
  install_version: number | null;
  fetched_version: number;
  voided: boolean;
  deleted_at: Temporal.Instant | null;
  replaced_by: bigint | null;
  code_epoch: number;
  created_at: Temporal.Instant;
};

export const passColumns = `p.pass_id, p.guid, p.serial, p.pass_type_identifier, p.credential_id, p.design_id, p.account_id,
  p.token_key_id, p.own_values, p.own, p.revision, p.snapshot, p.content_hash, p.content_version, p.update_sequence, p.last_modified,
  p.install_version, p.fetched_version, p.voided, p.deleted_at, p.replaced_by, p.code_epoch, p.created_at`;

export const toPass = (row: PassRow): PassRecord => ({
  passId: Number(row.pass_id),
  guid: row.guid,
  serial: row.serial,
  passTypeIdentifier: row.pass_type_identifier,
  credentialId: row.credential_id,
  designId: row.design_id,
  accountId: Number(row.account_id),
  tokenKeyId: row.token_key_id,
  ownValues: row.own_values,
  own: row.own,
  revision: row.revision,
  snapshot: row.snapshot,
  contentHash: row.content_hash,
  contentVersion: row.content_version,
  updateSequence: row.update_sequence,
  lastModified: row.last_modified,
  installVersion: row.install_version,
  fetchedVersion: row.fetched_version,
  voided: row.voided,
  deletedAt: row.deleted_at,
  replacedBy: row.replaced_by === null ? null : Number(row.replaced_by),
  codeEpoch: row.code_epoch,
  createdAt: row.created_at,
});

export type CredentialRow = {
  credential_id: number;
  name: string;
  pass_type_identifier: string;
  team_identifier: string;
  private_key_sealed: Buffer | null;
  request_pem: string | null;
  certificate: Buffer | null;
  intermediate: Buffer | null;
  not_before: Temporal.Instant | null;
  not_after: Temporal.Instant | null;
  demo: boolean;
};

export const credentialColumns = `c.credential_id, c.name, c.pass_type_identifier, c.team_identifier, c.private_key_sealed,
  c.request_pem, c.certificate, c.intermediate, c.not_before, c.not_after, c.demo`;

export const toCredential = (row: CredentialRow): CredentialRecord => ({
  credentialId: row.credential_id,
  name: row.name,
  passTypeIdentifier: row.pass_type_identifier,
  teamIdentifier: row.team_identifier,
  privateKeySealed: row.private_key_sealed,
  requestPem: row.request_pem,
  certificate: row.certificate,
  intermediate: row.intermediate,
  notBefore: row.not_before,
  notAfter: row.not_after,
  demo: row.demo,
});

export type DesignRow = {
  design_id: number;
  name: string;
  programme_id: number;
  credential_id: number | null;
  revision: number;
  body: DesignBody;
  archived_at: Temporal.Instant | null;
};

export const designColumns = 'd.design_id, d.name, d.programme_id, d.credential_id, d.revision, d.body, d.archived_at';

export const toDesign = (row: DesignRow) => ({
  designId: row.design_id,
  name: row.name,
  programmeId: row.programme_id,
  credentialId: row.credential_id,
  revision: row.revision,
  body: row.body,
  archivedAt: row.archived_at,
});

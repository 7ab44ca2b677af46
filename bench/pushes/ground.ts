import { randomBytes } from 'node:crypto';
import { type AppleChain, makeAppleChain } from '@tessera/testkit/pki';
import pg from 'pg';
import { artFor, renderArt } from '../../apps/server/src/features/demo/art/index.ts';
import { demoDesign } from '../../apps/server/src/features/demo/design.ts';
import { activateCredential, createDesign } from '../../apps/server/src/features/wallet/index.ts';
import { type BenchCompany, prepareCompanies } from '../checks/set-up.ts';
import { openServer } from '../server.ts';

export const PASS_TYPE = 'pass.example.bench';

/** What the processes have to know; it travels to them as JSON. */
export type PushGround = {
  readonly connectionString: string;
  /** Hex. */
  readonly masterKey: string;
  readonly company: BenchCompany;
  readonly designId: number;
  readonly chain: AppleChain;
};

/** One company whose guests hold a card each, on a phone each. `remove` leaves nothing behind. */
export async function preparePushes(devices: number): Promise<{ ground: PushGround; remove(): Promise<void> }> {
  const { connectionString, companies, remove } = await prepareCompanies([devices]);
  try {
    const company = companies[0]!;
    const chain = await makeAppleChain({
      passTypeIdentifier: PASS_TYPE,
      teamIdentifier: 'ABCDE12345',
      now: Temporal.Now.instant(),
    });
    const ground = { connectionString, masterKey: randomBytes(32).toString('hex'), company, designId: 0, chain };
    const designId = await addDesign(ground);
    await addCards({ ...ground, designId });
    return { ground: { ...ground, designId }, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function addDesign({ connectionString, masterKey, company, chain }: PushGround): Promise<number> {
  const app = await openServer({ connectionString, masterKey, apns: null, work: false });
  try {
    const tenant = app.platform.database.tenant(company.companyId);
    const credential = await activateCredential(app.platform, tenant, {
      name: 'Bench',
      passTypeIdentifier: PASS_TYPE,
      teamIdentifier: 'ABCDE12345',
      certificate: Buffer.from(chain.leaf.certificatePem),
      privateKey: Buffer.from(chain.leaf.privateKeyPem),
      intermediate: Buffer.from(chain.intermediate.certificatePem),
      demo: false,
    });
    if (!credential.ok) throw new Error(credential.refusal.code);
    const programmes = await tenant.query<{ programme_id: number }>(
      'select programme_id from programmes where company_id = $1',
      [company.companyId],
    );
    const made = await createDesign(app.platform, tenant, {
      name: 'Bench',
      programmeId: programmes[0]!.programme_id,
      credentialId: credential.value,
      draft: demoDesign,
      files: artFor({ style: 'storeCard' }, await renderArt()),
    });
    if (!made.ok) throw new Error(made.refusal.code);
    return made.value.designId;
  } finally {
    await app.close();
  }
}

/** A card, a device and its registration for every account: written as rows, since only what follows is measured. */
async function addCards({ connectionString, company, designId }: PushGround): Promise<void> {
  const admin = new pg.Client({ connectionString, options: '-c search_path=tessera,public' });
  await admin.connect();
  try {
    // What the rows point at was just read from its own table.
    await admin.query('set session_replication_role = replica');
    await admin.query(
      `insert into passes (company_id, guid, serial, pass_type_identifier, credential_id, design_id, account_id, token_key_id,
         snapshot, content_hash, update_sequence, last_modified, created_at)
       select a.company_id, gen_random_uuid(), 'S' || a.account_id, $2, d.credential_id, d.design_id, a.account_id, 1,
         '{"revision": 1, "variables": {}}', '\\x00', nextval('pass_update_sequence'), now(), now()
       from accounts a join designs d on d.company_id = a.company_id and d.design_id = $3 where a.company_id = $1`,
      [company.companyId, PASS_TYPE, designId],
    );
    await admin.query(
      `insert into apple_devices (company_id, pass_type_identifier, device_id, push_token, platform, created_at, updated_at, last_seen_at)
       select company_id, $2, 'device-' || account_id, encode(sha256(account_id::text::bytea), 'hex'), 'apple', now(), now(), now()
       from accounts where company_id = $1`,
      [company.companyId, PASS_TYPE],
    );
    await admin.query(
      `insert into apple_registrations (company_id, pass_type_identifier, device_id, serial, update_sequence, registered_at)
       select company_id, $2, 'device-' || account_id, 'S' || account_id, 0, now() from accounts where company_id = $1`,
      [company.companyId, PASS_TYPE],
    );
    await admin.query('vacuum analyze');
  } finally {
    await admin.end();
  }
}

import { type AppleChain, makeAppleChain } from '@tessera/testkit/pki';
import type { ApnsClient, PushRequest, PushResult } from '../src/adapters/apns/index.ts';
import { createGoogleWallet, googleAt } from '../src/adapters/google-wallet/index.ts';
import { createWalletRelays, relaysAt } from '../src/adapters/wallet-relays/index.ts';
import { openJournal } from '../src/features/journal/index.ts';
import { createCompany } from '../src/features/tenancy/index.ts';
import {
  activateCredential,
  type CardSubject,
  createDesign,
  issuePass,
  openWallet,
  type PassRecord,
  raiseUpdateSequence,
  type Wallet,
  walletJobs,
  walletRoutes,
} from '../src/features/wallet/index.ts';
import { passToken } from '../src/features/wallet/pass-token.ts';
import { sampleSubject } from '../src/features/wallet/sample-subject.ts';
import type { Tenant } from '../src/platform/database/index.ts';
import { createHttp, type Http } from '../src/platform/http/index.ts';
import { type Jobs, startJobs } from '../src/platform/jobs/index.ts';
import { createPace } from '../src/platform/pace.ts';
import { createTestHouse, type TestHouse } from './platform.ts';
import { testDraft, testFiles } from './wallet-design.ts';

export const TEST_PASS_TYPE = 'pass.example.card';
export const TEST_TEAM = 'ABCDE12345';
/** Where nobody listens: a house without Google. */
const NOWHERE = 'http://127.0.0.1:9';

/** The wallet on a database of its own, with one company whose cards can be issued. */
export type WalletHouse = TestHouse & {
  wallet: Wallet;
  http: Http;
  tenant: Tenant;
  designId: number;
  chain: AppleChain;
  /** Forms and levels that give out a design. */
  usersOfDesigns: Map<number, readonly string[]>;
  /** What the next look at an account finds. */
  subjects: Map<number, CardSubject>;
  /** Pushes that left, and the answer to the next ones. */
  pushes: PushRequest[];
  /** Requests that the pace let go to Google, by project. */
  permits: string[];
  answerPushes(result: PushResult): void;
  answerPushesBy(answer: (push: PushRequest) => PushResult): void;
  jobs: Jobs;
  /** Changes an account and waits for everything that follows. */
  change(accountId: number, change: Partial<CardSubject>, tenant?: Tenant): Promise<void>;
  /** Works off all that waits. */
  settle(): Promise<void>;
  newAccount(tenant?: Tenant): Promise<number>;
  newPass(tenant?: Tenant, designId?: number): Promise<PassRecord>;
};

export const tokenOf = ({ wallet }: Pick<WalletHouse, 'wallet'>, pass: PassRecord): string =>
  passToken(wallet.vault, pass.tokenKeyId, pass.passTypeIdentifier, pass.serial);

/** `connect` gives another way to Apple's push service than the recorder, e.g. a real client of a fake server. */
export async function createWalletHouse(
  connect?: (chain: AppleChain, house: TestHouse) => Promise<Pick<ApnsClient, 'push'>>,
  googleUrl = NOWHERE,
  relaysUrl = NOWHERE,
): Promise<WalletHouse> {
  const house = await createTestHouse();
  const chain = await makeAppleChain({
    passTypeIdentifier: TEST_PASS_TYPE,
    teamIdentifier: TEST_TEAM,
    now: house.clock.now(),
  });
  const subjects = new Map<number, CardSubject>();
  const pushes: PushRequest[] = [];
  let answer: (push: PushRequest) => PushResult = () => ({ status: 'accepted', apnsId: 'a' });
  const recorder: Pick<ApnsClient, 'push'> = {
    async push(request) {
      pushes.push(request);
      return answer(request);
    },
  };
  const apns = connect ? await connect(chain, house) : recorder;
  const loadSubject = async (_tenant: Tenant, accountId: number) => {
    const subject = subjects.get(accountId);
    if (!subject) throw new Error(`no account ${accountId}`);
    return subject;
  };
  const platform = { ...house.platform, wake: () => jobs.wake() };
  const permits: string[] = [];
  const pace = createPace(platform.database.platform, { perSecond: 15, burst: 4 });
  const google = createGoogleWallet({
    addresses: googleAt(googleUrl),
    clock: () => house.clock.now(),
    async pace(project, patience) {
      const mayLeave = await pace(project, patience);
      if (mayLeave) permits.push(project);
      return mayLeave;
    },
    timeoutMilliseconds: 1_000,
  });
  const journal = openJournal(platform);
  const relays = createWalletRelays({ addresses: relaysAt(relaysUrl), timeoutMilliseconds: 1_000 });
  const wallet = openWallet({ platform, journal, loadSubject, apns, google, relays });
  const jobs = await startJobs({
    connectionString: house.connectionString,
    features: [walletJobs(wallet)],
    log: platform.log,
  });
  await raiseUpdateSequence(platform);
  const { tenant, designId } = await addCompany(wallet, chain);
  const usersOfDesigns = new Map<number, readonly string[]>();
  const http = await createTestHttp(wallet, tenant, usersOfDesigns);
  const newAccount = async (of = tenant) => {
    const accountId = await insertAccount(of);
    subjects.set(accountId, sampleSubject('ru'));
    return accountId;
  };
  return {
    ...house,
    wallet,
    http,
    tenant,
    designId,
    chain,
    usersOfDesigns,
    subjects,
    pushes,
    permits,
    jobs,
    newAccount,
    answerPushes(result) {
      answer = () => result;
    },
    answerPushesBy(next) {
      answer = next;
    },
    async change(accountId, change, of = tenant) {
      subjects.set(accountId, { ...subjects.get(accountId)!, ...change });
      await of.query('insert into outbox (company_id, kind, payload, created_at) values ($1, $2, $3, now())', [
        of.companyId,
        'account_changed',
        JSON.stringify({ accountId }),
      ]);
      await jobs.settle(20_000);
    },
    settle: () => jobs.settle(20_000),
    async newPass(of = tenant, design = designId) {
      const issued = await issuePass(wallet, of, { accountId: await newAccount(of), designId: design });
      if (!issued.ok) throw new Error(issued.refusal.code);
      return issued.value;
    },
    async close() {
      await http.close();
      await jobs.stop();
      await journal.close();
      google.close();
      await house.close();
    },
  };
}

/** Another company with a certificate, a design and nothing else. */
export async function addCompany(wallet: Wallet, chain: AppleChain): Promise<{ tenant: Tenant; designId: number }> {
  const company = {
    name: 'Траттория',
    language: 'ru',
    currency: 'RUB',
    timeZone: 'Europe/Moscow',
    country: 'RU',
  } as const;
  const tenant = await createCompany(wallet, { ...company, demo: true });
  const credential = await activateCredential(wallet, tenant, {
    name: 'Карты',
    passTypeIdentifier: chain.passTypeIdentifier,
    teamIdentifier: chain.teamIdentifier,
    certificate: Buffer.from(chain.leaf.certificatePem),
    privateKey: Buffer.from(chain.leaf.privateKeyPem),
    intermediate: Buffer.from(chain.intermediate.certificatePem),
    demo: true,
  });
  if (!credential.ok) throw new Error(JSON.stringify(credential.refusal));
  const rows = await tenant.query<{ programme_id: number }>(
    `insert into programmes (company_id, name, kind, created_at) values ($1, 'Баллы', 1, now()) returning programme_id`,
    [tenant.companyId],
  );
  const programmeId = rows[0]!.programme_id;
  await tenant.query(
    `insert into account_groups (company_id, group_id, programme_id, name) values ($1, 1, $2, 'Все')`,
    [tenant.companyId, programmeId],
  );
  const input = { name: 'Карта', programmeId, credentialId: credential.value, draft: testDraft(), files: testFiles };
  const design = await createDesign(wallet, tenant, input);
  if (!design.ok) throw new Error(JSON.stringify(design.refusal));
  return { tenant, designId: design.value.designId };
}

async function insertAccount(tenant: Tenant): Promise<number> {
  const rows = await tenant.query<{ account_id: bigint }>(
    `with guest as (
       insert into guests (company_id, first_name, language, created_at) values ($1, 'Мария', 'ru', now()) returning guest_id)
     insert into accounts (company_id, guest_id, programme_id, group_id, state, level, created_at)
     select $1, guest_id, (select min(programme_id) from programmes where company_id = $1), 1, '{}', 'base', now() from guest
     returning account_id`,
    [tenant.companyId],
  );
  return Number(rows[0]!.account_id);
}

/** HTTP with all routes of the feature, where whoever asks is the first company's owner. */
async function createTestHttp(
  wallet: Wallet,
  tenant: Tenant,
  users: ReadonlyMap<number, readonly string[]>,
): Promise<Http> {
  const { log, metrics, texts } = wallet;
  const http = await createHttp({ log, metrics, texts, trustProxy: false, secure: true });
  walletRoutes(http, {
    wallet,
    authorize: async () => ({ ok: true, value: { tenant, userId: 1, role: 'owner', station: null } }),
    namesOfAccounts: async (_tenant, accountIds) => new Map(accountIds.map((id) => [id, `Гость ${id}`])),
    namesOfProgrammes: async () => new Map([[1, 'Баллы']]),
    usersOfDesign: async (_tenant, designId) => users.get(designId) ?? [],
    countryOf: async () => 'KZ',
    passNeighbours: {
      timeZoneOf: async () => 'Europe/Moscow',
      levelsOf: async () => [{ programmeId: 1, programme: 'Баллы', levelId: 'base', name: 'Базовый' }],
      rangeOf: async () => null,
      openAccount: async () => ({ ok: false, refusal: { code: 'group_not_found' } }),
    },
    programmeOfAccount: async (of, accountId) => {
      const rows = await of.query<{ programme_id: number }>(
        'select programme_id from accounts where company_id = $1 and account_id = $2',
        [of.companyId, accountId],
      );
      return rows[0]?.programme_id ?? null;
    },
  });
  http.get('/c/:guid', async () => 'the page of the card');
  await http.ready();
  return http;
}

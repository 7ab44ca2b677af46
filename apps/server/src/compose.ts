import { randomInt } from 'node:crypto';
import type { GuestBuild } from '@tessera/guest/build';
import { createApnsClient } from './adapters/apns/index.ts';
import { createGoogleWallet, type GoogleAddresses } from './adapters/google-wallet/index.ts';
import { createWalletRelays, type RelayAddresses } from './adapters/wallet-relays/index.ts';
import { describeSubject } from './card-subject.ts';
import { campaignJobs, campaignRoutes } from './features/campaigns/index.ts';
import { preparedCardRoutes } from './features/cards/index.ts';
import { createFarCardsCallers, farCardsRoutes, farCardsSettingsRoutes } from './features/farcards/index.ts';
import {
  advertisingPageRoutes,
  type CardPlatform,
  cardAppRoutes,
  cardRoutes,
  formApiRoutes,
  formRoutes,
  formsOfDesign,
  type GrowthPlatform,
  googleLinkRoute,
  linkRoutes,
  paperRoutes,
  presentAsPage,
  receiptPageRoutes,
  setPageRoutes,
} from './features/growth/index.ts';
import { importsJobs, importsRoutes } from './features/imports/index.ts';
import { type Journal, journalJobs, openJournal } from './features/journal/index.ts';
import {
  accountNames,
  accountRoutes,
  checkRoutes,
  coalitionRoutes,
  createGroupNames,
  createRulesLibrary,
  earningRoutes,
  entryRoutes,
  groupRoutes,
  type LoyaltyPlatform,
  levelRoutes,
  levelsOfDesign,
  loyaltyJobs,
  offerRoutes,
  operationRoutes,
  programmeNames,
  programmeRoutes,
  receiptRoutes,
  referralRoutes,
  reportRoutes,
  simulationRoutes,
  termRoutes,
  viewAccount,
} from './features/loyalty/index.ts';
import { type MessagingPlatform, messagingJobs, smsAccountRoutes } from './features/messaging/index.ts';
import { privacyJobs, privacyRoutes } from './features/privacy/index.ts';
import { type ProbonusPlatform, probonusRoutes } from './features/probonus/index.ts';
import { reportsJobs, statisticsRoutes, transactionRoutes } from './features/reports/index.ts';
import {
  createApiClients,
  createDoor,
  staffMemberRoutes,
  staffRoutes,
  stationsRoutes,
} from './features/staff/index.ts';
import { type Companies, createCompanies } from './features/tenancy/index.ts';
import {
  type AuthorisePlatform,
  authoriseJobs,
  authoriseRoutes,
  stationApiRoutes,
  tillJobs,
  tillRoutes,
} from './features/till/index.ts';
import {
  accountsShareDevice,
  findByCode,
  iconOfPass,
  issuePass,
  offersGoogle,
  openWallet,
  openWebPush,
  passesOfAccount,
  pictureOfDesign,
  raiseUpdateSequence,
  saveLink,
  sketchOfPicture,
  type Wallet,
  walletJobs,
  walletRoutes,
  watchCertificates,
} from './features/wallet/index.ts';
import { passNeighboursOf } from './pass-neighbours.ts';
import type { Clock } from './platform/clock.ts';
import type { Platform } from './platform/context.ts';
import { createVault, type Random } from './platform/crypto/index.ts';
import { openDatabase, type Tenant } from './platform/database/index.ts';
import { createDirectory } from './platform/directory.ts';
import { healthRoutes } from './platform/http/health.routes.ts';
import { createHttp, docsRoutes, type Http } from './platform/http/index.ts';
import { createInTurn } from './platform/in-turn.ts';
import { type Jobs, startJobs } from './platform/jobs/index.ts';
import type { Log } from './platform/log.ts';
import { createMetrics } from './platform/metrics.ts';
import { createPace } from './platform/pace.ts';
import { createTexts } from './platform/texts.ts';
import { smsRuCaller, smsRuCheck, smsRuSender } from './sms-ru.ts';

/** The outside world: where Apple's push service, Google Wallet, relays of other wallets and sms.ru are reached. */
export type Outside = {
  apnsUrl: string;
  apnsCa?: string | undefined;
  google: GoogleAddresses;
  relays: RelayAddresses;
  /** Push services of browsers, with the origin of a test's own; absent: browsers are sent nothing. */
  webPush?: { also: string | null } | null;
  smsRuUrl: string;
};

export type Settings = {
  /** Without a slash at the end. */
  publicUrl: string;
  connectionString: string;
  masterKey: Buffer;
  outside: Outside;
  log: Log;
  clock: Clock;
  random: Random;
  /** The guest pages' scripts, as built. */
  guestBuild: Pick<GuestBuild, 'version'>;
  /** false: this process serves HTTP and leaves the jobs to others. */
  work?: boolean;
};

/** All parts, wired: what the command line, the demo and the tests hold in their hands. */
export type App = {
  platform: LoyaltyPlatform &
    MessagingPlatform &
    GrowthPlatform &
    CardPlatform &
    AuthorisePlatform &
    ProbonusPlatform & { readonly journal: Journal };
  wallet: Wallet;
  companies: Companies;
  http: Http;
  jobs: Jobs;
  close(): Promise<void>;
};

/** Google counts 20 requests a second for a project; the rest is for whatever else uses it. */
const GOOGLE_PACE = { perSecond: 15, burst: 2 } as const;

/** The one place where things are wired: plain calls, from the ground up. Listens to nothing yet. */
export async function compose(settings: Settings): Promise<App> {
  const { clock, log, random, outside, connectionString } = settings;
  const database = openDatabase({
    connectionString,
    onError: (error) => log.warn({ error }, 'a database connection was lost'),
  });
  const jobsHolder: { jobs: Jobs | null } = { jobs: null };
  const ground: Platform = {
    clock,
    random,
    vault: createVault(settings.masterKey, random),
    directory: createDirectory(database.platform),
    database,
    log,
    metrics: createMetrics(),
    texts: createTexts(),
    publicUrl: settings.publicUrl,
    wake: () => jobsHolder.jobs?.wake(),
  };
  const companies = createCompanies();
  const loyalty: LoyaltyPlatform = {
    ...ground,
    rules: createRulesLibrary(),
    inTurn: createInTurn(),
    shareDevice: accountsShareDevice,
  };
  const apns = createApnsClient({
    url: outside.apnsUrl,
    ...(outside.apnsCa ? { ca: outside.apnsCa } : {}),
    log,
    clock: () => clock.now(),
    random: () => randomInt(2 ** 32) / 2 ** 32,
  });
  const known = { companies, groupNames: createGroupNames() };
  const loadSubject = (tenant: Tenant, accountId: number) => describeSubject(loyalty, known, tenant, accountId);
  const google = createGoogleWallet({
    addresses: outside.google,
    clock: () => clock.now(),
    pace: createPace(database.platform, GOOGLE_PACE),
  });
  const journal = openJournal(ground);
  const relays = createWalletRelays({ addresses: outside.relays });
  const webPush = outside.webPush ? await openWebPush(ground, outside.webPush) : null;
  const wallet = openWallet({ platform: ground, journal, loadSubject, apns, google, relays, webPush });
  const platform: App['platform'] = {
    ...loyalty,
    journal,
    companies,
    apiClients: createApiClients(ground),
    findByCardCode: (tenant, code, at) => findByCode(wallet, tenant, code, at),
    offersGoogle,
    webPushKey: webPush?.publicKey ?? null,
    cardIcon: (tenant, pass, size) => iconOfPass(wallet, tenant, pass, size),
    cardSketch: (tenant, address) => sketchOfPicture(wallet, tenant, address),
    googleLink: (tenant, passes) => saveLink(wallet, tenant, passes),
    smsRu: (account) => smsRuSender(outside.smsRuUrl, account),
    smsRuCall: (account) => smsRuCaller(outside.smsRuUrl, account),
    smsRuCheck: (account) => smsRuCheck(outside.smsRuUrl, account),
    issueCard: (tenant, accountId, designId, source) => issueCard(wallet, tenant, { accountId, designId, source }),
  };
  watchCertificates(wallet);
  await raiseUpdateSequence(ground);
  const jobs = await startJobs({
    connectionString,
    features: [
      journalJobs(ground),
      loyaltyJobs(platform),
      walletJobs(wallet),
      messagingJobs(platform),
      importsJobs(platform),
      tillJobs(platform),
      authoriseJobs(platform),
      reportsJobs(platform),
      campaignJobs({ ...platform, wallet }),
      privacyJobs({ ...platform, wallet }),
    ],
    log,
    work: settings.work ?? true,
  });
  jobsHolder.jobs = jobs;
  const http = await serve(settings, { platform, wallet, companies, jobs });
  return {
    platform,
    wallet,
    companies,
    http,
    jobs,
    async close() {
      await http.close();
      await jobs.stop();
      await journal.close();
      await apns.close();
      google.close();
      await database.end();
    },
  };
}

type Parts = Pick<App, 'platform' | 'wallet' | 'companies' | 'jobs'>;

async function serve(settings: Settings, { platform, wallet, companies, jobs }: Parts): Promise<Http> {
  const secure = settings.publicUrl.startsWith('https://');
  const { log, guestBuild } = settings;
  const http = await createHttp({
    log,
    metrics: platform.metrics,
    texts: platform.texts,
    trustProxy: secure,
    secure,
    presentToPeople: presentAsPage,
  });
  const { authorize, guard } = createDoor({ platform, apiClients: platform.apiClients, secure });
  guard(http);
  healthRoutes(http, { platform, jobs });
  docsRoutes(http);
  staffRoutes(http, { platform, companies, secure });
  stationsRoutes(http, { platform, authorize });
  staffMemberRoutes(http, { platform, authorize });
  accountRoutes(http, { platform, companies, authorize, passesOf: passesOfAccount });
  entryRoutes(http, { platform, companies, authorize });
  earningRoutes(http, { platform, authorize });
  simulationRoutes(http, { platform, companies, authorize });
  reportRoutes(http, { platform, authorize });
  transactionRoutes(http, { platform, authorize });
  statisticsRoutes(http, { platform, authorize });
  groupRoutes(http, { platform, authorize });
  programmeRoutes(http, { platform, companies, authorize });
  coalitionRoutes(http, { platform, companies, authorize });
  operationRoutes(http, { platform, authorize });
  levelRoutes(http, { platform, authorize });
  termRoutes(http, { platform, authorize });
  receiptRoutes(http, { platform, authorize });
  referralRoutes(http, { platform, authorize });
  checkRoutes(http, { platform, authorize });
  offerRoutes(http, { platform, authorize });
  walletRoutes(http, {
    wallet,
    authorize,
    namesOfAccounts: accountNames,
    namesOfProgrammes: programmeNames,
    usersOfDesign: async (tenant, designId) => [
      ...(await formsOfDesign(tenant, designId)),
      ...(await levelsOfDesign(platform, tenant, designId)),
    ],
    countryOf: async (tenant) => (await companies.of(tenant)).country,
    programmeOfAccount: async (tenant, accountId) =>
      (await viewAccount(platform, tenant, accountId))?.programmeId ?? null,
    passNeighbours: passNeighboursOf(platform, companies),
  });
  campaignRoutes(http, { platform: { ...platform, wallet }, authorize });
  preparedCardRoutes(http, { platform, authorize });
  smsAccountRoutes(http, { platform, authorize });
  tillRoutes(http, { platform, companies, authorize });
  authoriseRoutes(http, { platform, authorize });
  stationApiRoutes(http, platform);
  probonusRoutes(http, { platform, authorize });
  const callers = createFarCardsCallers(platform);
  farCardsRoutes(http, { platform, callers });
  farCardsSettingsRoutes(http, { platform, callers, authorize });
  formRoutes(http, { platform, assets: guestBuild, samplePicture: pictureOfDesign });
  formApiRoutes(http, { platform, assets: guestBuild, samplePicture: pictureOfDesign, authorize });
  cardRoutes(http, { platform, assets: guestBuild });
  cardAppRoutes(http, { platform, assets: guestBuild });
  paperRoutes(http, { platform, authorize });
  googleLinkRoute(http, { platform, assets: guestBuild });
  setPageRoutes(http, { platform, wallet, assets: guestBuild });
  importsRoutes(http, { platform, authorize });
  receiptPageRoutes(http, { platform, assets: guestBuild });
  advertisingPageRoutes(http, { platform, assets: guestBuild });
  privacyRoutes(http, { platform: { ...platform, wallet }, authorize });
  linkRoutes(http, { platform });
  return http;
}

type WantedCard = { accountId: number; designId: number; source: string };

async function issueCard(wallet: Wallet, tenant: Tenant, wanted: WantedCard) {
  const issued = await issuePass(wallet, tenant, wanted);
  if (!issued.ok) throw new Error(`A card could not be issued: ${issued.refusal.code}`);
  return { guid: issued.value.guid };
}

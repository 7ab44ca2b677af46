import { readFile } from 'node:fs/promises';
import { GOOGLE, googleAt } from './adapters/google-wallet/index.ts';
import { RELAYS, relaysAt } from './adapters/wallet-relays/index.ts';
import { buildBrowserApps, serveBrowserApps } from './browser-apps.routes.ts';
import { type App, compose, type Outside } from './compose.ts';
import {
  type DemoWorld,
  demoRoutes,
  handOverFirstCard,
  readClockAhead,
  setUpDemo,
  startDemoWorld,
} from './features/demo/index.ts';
import { keepConfiguredToken } from './features/staff/index.ts';
import { setUpCompany } from './first-company.ts';
import { forgetBrokenSetUp, readInstallation, writeInstallation } from './installation.ts';
import { type Clock, createMovableClock, type MovableClock, systemClock } from './platform/clock.ts';
import { type Config, localUrlOf } from './platform/config.ts';
import { newPassword, newToken, systemRandom } from './platform/crypto/index.ts';
import { loadMasterKey } from './platform/crypto/master-key.ts';
import { inTurnOfProcesses, migrate, openDatabase, type Tenant } from './platform/database/index.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './platform/embedded-postgres/index.ts';
import { checkListening } from './platform/http/listening.ts';
import { createLog, type Log } from './platform/log.ts';

/** A server that runs. */
export type Running = {
  app: App;
  /** Where it listens on this machine. */
  url: string;
  /** What the first start made up and will not show again. */
  firstStart: FirstStart | null;
  /** The outside world of a demo, null for a real installation. */
  world: DemoWorld | null;
  /** The company that this installation began with. */
  tenant: Tenant;
  /** Resolves when the built-in database has ended although nobody asked it to: nothing works any more. */
  databaseLost: Promise<void>;
  stop(): Promise<void>;
};

/** What a process brings along besides its configuration. A scenario moves the clock and reads the log. */
export type Surroundings = {
  clock: Clock;
  log: Log;
  /** A demo's outside world that was there before the server and stays after it; else the server starts one. */
  world?: DemoWorld;
};

export type FirstStart = {
  owner: { email: string; password: string };
  cashier: { email: string; password: string } | null;
  apiToken: string | null;
};

/** Where the world is when nobody said otherwise. */
const APNS_URL = 'https://api.push.apple.com';
const SMS_RU_URL = 'https://sms.ru/';

/**
 * Starts everything in this process: database, migrations, pages, jobs, HTTP; on an empty database sets up the demo or
 * the first company. The data folder must be claimed by the caller.
 */
export async function start(
  config: Config,
  tell: (sentence: string) => void,
  surroundings: Surroundings = { clock: systemClock, log: createLog(config.logLevel) },
): Promise<Running> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  await checkListening(config.port, config.host);
  try {
    const building = buildBrowserApps(tell);
    building.catch(() => {});
    const { dataFolder } = config;
    const postgres = config.databaseUrl ? null : await startEmbeddedPostgres({ dataFolder, log: tell });
    if (postgres) stops.push(() => postgres.stop());
    const connectionString = config.databaseUrl ?? postgres!.connectionString;
    await migrate({ connectionString, log: tell });
    const serving = await serve(config, { ...surroundings, connectionString, building, stops, stop });
    return { ...serving, databaseLost: lossOf(postgres) };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Parts = Surroundings & {
  connectionString: string;
  building: ReturnType<typeof buildBrowserApps>;
  stops: (() => Promise<unknown>)[];
  stop: () => Promise<void>;
};

async function lossOf(postgres: EmbeddedPostgres | null): Promise<void> {
  const unasked = await postgres?.ended;
  if (!unasked) await new Promise(() => {});
}

async function serve(config: Config, parts: Parts): Promise<Omit<Running, 'databaseLost'>> {
  const { connectionString, building, stops, stop, log } = parts;
  const masterKey = await loadMasterKey(config.secretKey, config.dataFolder, systemRandom);
  const demoClock = await clockOfDemo(config, parts);
  const clock = demoClock ?? parts.clock;
  const world = demoClock && (await startWorld(config, parts, demoClock));
  const { guestVersion } = await building;
  const app = await compose({
    publicUrl: config.publicUrl,
    connectionString,
    masterKey,
    outside: await outsideOf(config, world),
    log,
    clock,
    random: systemRandom,
    guestBuild: { version: guestVersion },
  });
  stops.push(() => app.close());
  const known = await readInstallation(app.platform);
  const { firstStart, companyId } = known
    ? { firstStart: null, companyId: known.companyId }
    : await inTurnOfProcesses(connectionString, () => setUpIfEmpty(config, app, world));
  const tenant = app.platform.database.tenant(companyId);
  if (config.apiToken) await keepConfiguredToken(app.platform, tenant, config.apiToken);
  await serveBrowserApps(app.http);
  const assets = { version: guestVersion };
  if (world) demoRoutes(app.http, { platform: app.platform, tenant, world, assets, clock: demoClock, jobs: app.jobs });
  else app.http.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/console/', 302));
  await app.http.listen({ port: config.port, host: config.host });
  if (world) await handOverFirstCard(app.platform, tenant, world);
  return { app, url: localUrlOf(config), firstStart, world, tenant, stop };
}

/** The clock of the demo, when this installation is one (or is about to become one): where it was left. */
async function clockOfDemo(config: Config, { connectionString, clock }: Parts): Promise<MovableClock | null> {
  const database = openDatabase({ connectionString, size: 1 });
  try {
    const known = await readInstallation({ database });
    const demo = known ? known.demo : config.demo !== false;
    return demo ? createMovableClock(clock, await readClockAhead(database.platform)) : null;
  } finally {
    await database.end();
  }
}

/** The demo's outside world lives by the demo's clock; only its TLS lives by the computer's. */
async function startWorld(config: Config, parts: Parts, clock: Clock): Promise<DemoWorld> {
  if (parts.world) return parts.world;
  const world = await startDemoWorld({
    folder: config.dataFolder,
    clock,
    wallClock: parts.clock,
    localUrl: localUrlOf(config),
  });
  parts.stops.push(() => world.stop());
  return world;
}

async function outsideOf(config: Config, world: DemoWorld | null): Promise<Outside> {
  const apnsCa = config.apnsCaFile ? await readFile(config.apnsCaFile, 'utf8') : undefined;
  return {
    apnsUrl: config.apnsUrl ?? world?.apns.url ?? APNS_URL,
    apnsCa: apnsCa ?? (config.apnsUrl ? undefined : world?.apns.caPem),
    google: config.googleUrl === null ? GOOGLE : googleAt(config.googleUrl),
    relays: config.walletRelaysUrl === null ? RELAYS : relaysAt(config.walletRelaysUrl),
    // A demo promises that nothing leaves the machine.
    webPush: config.webPushUrl !== null || !world ? { also: config.webPushUrl } : null,
    smsRuUrl: config.smsRuUrl ?? world?.smsRu.url ?? SMS_RU_URL,
  };
}

/** The first start of all: of several processes one sets up, the others find it done. */
async function setUpIfEmpty(
  config: Config,
  app: App,
  world: DemoWorld | null,
): Promise<{ firstStart: FirstStart | null; companyId: number }> {
  const known = await readInstallation(app.platform);
  if (known) return { firstStart: null, companyId: known.companyId };
  await forgetBrokenSetUp(app.platform);
  const owner = {
    email: config.ownerEmail ?? 'owner@tessera.local',
    password: config.ownerPassword ?? newPassword(systemRandom),
  };
  if (!world) {
    const tenant = await setUpCompany(app.platform, owner);
    await writeInstallation(app.platform, { companyId: tenant.companyId, demo: false });
    return { firstStart: { owner, cashier: null, apiToken: null }, companyId: tenant.companyId };
  }
  const cashier = { email: 'cashier@tessera.local', password: newPassword(systemRandom) };
  const apiToken = config.apiToken ?? newToken(systemRandom);
  const { chain, smsRu } = world;
  const setUp = { owner, cashier, apiToken, chain, smsRuApiId: smsRu.apiId };
  const tenant = await setUpDemo(app.platform, app.wallet, setUp);
  await writeInstallation(app.platform, { companyId: tenant.companyId, demo: true });
  return { firstStart: { owner, cashier, apiToken }, companyId: tenant.companyId };
}

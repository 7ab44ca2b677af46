import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import { claimDataFolder } from './platform/data-folder/index.ts';
import { CONTENT_SECURITY_POLICY, type Http } from './platform/http/index.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

type App = { name: 'console' | 'till' | 'guest'; args: string[] };
const apps: readonly App[] = [
  { name: 'console', args: ['apps/console/build.ts'] },
  { name: 'till', args: ['apps/till/build.ts'] },
  { name: 'guest', args: ['apps/guest/build.ts', 'apps/guest/dist'] },
];
/** What every app is made of besides its own folder. */
const shared = ['packages/look/src', 'packages/contract/src', 'package-lock.json'];

/** Whatever a build leaves behind is not a source. */
const ignored = new Set(['dist', 'node_modules', '.vite']);

async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => null);
  if (!entries) return [path];
  const found = await Promise.all(
    entries.filter(({ name }) => !ignored.has(name)).map((entry) => filesBelow(join(path, entry.name))),
  );
  return found.flat().sort();
}

async function hashOf(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update('production');
  for (const path of paths) {
    for (const file of await filesBelow(join(root, path))) {
      hash.update(relative(root, file)).update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

export type BrowserApps = { guestVersion: string };

/**
 * Builds the browser apps whose sources have changed since their last build.
 * @param log hears one sentence when there is something to build
 */
export async function buildBrowserApps(log: (sentence: string) => void): Promise<BrowserApps> {
  const stamps = await Promise.all(
    apps.map(async (app) => ({ app, stamp: await hashOf([`apps/${app.name}`, ...shared]) })),
  );
  if ((await staleOf(stamps)).length > 0) {
    const release = await waitForTurn();
    // Another process (a test, a second server on this checkout) may have built them meanwhile.
    const stale = await staleOf(stamps);
    if (stale.length > 0) log('Building the pages (once, after an update)');
    await Promise.all(stale.map(({ app, stamp }) => buildOne(app, stamp))).finally(release);
  }
  return { guestVersion: stamps.find(({ app }) => app.name === 'guest')!.stamp.slice(0, 12) };
}

type Stamped = { app: App; stamp: string };

async function staleOf(stamps: readonly Stamped[]): Promise<Stamped[]> {
  const built = await Promise.all(stamps.map(({ app }) => readFile(stampFile(app), 'utf8').catch(() => '')));
  return stamps.filter(({ stamp }, index) => built[index] !== stamp);
}

const TURN_MILLISECONDS = 250;
const TURNS_MAX = 1_200;

/** Two builds into one folder would wipe each other's files: one process of this checkout builds at a time. */
async function waitForTurn(): Promise<() => Promise<void>> {
  for (let turn = 0; turn < TURNS_MAX; turn++) {
    const claim = await claimDataFolder(join(root, '.cache/pages'));
    if (claim.ok) return claim.release;
    await setTimeout(TURN_MILLISECONDS);
  }
  throw new Error('Another process has been building the pages for minutes. Stop it and start again.');
}

const stampFile = ({ name }: App): string => join(root, 'apps', name, 'dist', '.sources');

/** A build runs in a process of its own: it keeps a core busy for seconds, and the server has better things to do. */
async function buildOne(app: App, stamp: string): Promise<void> {
  // Whatever runs us (a test runner says «test»): what people get is what is tested.
  const env = { ...process.env, NODE_ENV: 'production' };
  const child = spawn(process.execPath, app.args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`The ${app.name} pages could not be built:\n${Buffer.concat(output)}`);
  await mkdir(dirname(stampFile(app)), { recursive: true });
  await writeFile(stampFile(app), stamp);
}

const YEAR_SECONDS = 31_536_000;
const TILL_CONTENT_SECURITY_POLICY = `${CONTENT_SECURITY_POLICY}; script-src 'self' 'wasm-unsafe-eval'`;

/** Serves the built apps: /console/ and /till/ with their own addresses inside, the guest pages' scripts as files. */
export async function serveBrowserApps(http: Http): Promise<void> {
  // Where a build has laid .br or .gz beside a file, that is what travels.
  await http.register(fastifyStatic, { root: join(root, 'apps'), serve: false, preCompressed: true });
  for (const name of ['console', 'till'] as const) {
    const folder = join(root, 'apps', name, 'dist');
    http.get(`/${name}`, { schema: { hide: true } }, (_request, reply) => reply.redirect(`/${name}/`, 302));
    http.get(`/${name}/*`, { schema: { hide: true } }, (request, reply) => {
      const path = (request.params as { '*': string })['*'];
      if (/^assets\/[\w.-]+$/.test(path)) {
        return reply.sendFile(path, folder, { maxAge: YEAR_SECONDS * 1_000, immutable: true });
      }
      // The till's reader of codes is WebAssembly, which has to be allowed by name; nothing else may be evaluated.
      if (name === 'till') reply.header('content-security-policy', TILL_CONTENT_SECURITY_POLICY);
      // A file of the app (icon, manifest, service worker); anything else is an address inside the app.
      const file = /^(icons\/)?[\w-]+\.[\w.]+$/.test(path) ? path : 'index.html';
      reply.header('cache-control', 'no-cache');
      return reply.sendFile(file, folder, { cacheControl: false });
    });
  }
  // A worker rules over addresses below its own: this one belongs to the cards.
  http.get('/c/worker.js', { schema: { hide: true } }, (_request, reply) => {
    reply.header('cache-control', 'no-cache');
    return reply.sendFile('worker.js', join(root, 'apps/guest/dist'), { cacheControl: false });
  });
  http.get('/assets/guest/:file', { schema: { hide: true } }, (request, reply) => {
    const { file } = request.params as { file: string };
    const name = /^[\w-]+\.js$/.test(file) ? file : 'missing.js';
    return reply.sendFile(name, join(root, 'apps/guest/dist'), { maxAge: YEAR_SECONDS * 1_000, immutable: true });
  });
}

// Plain JavaScript for whatever Node npm came with: it runs before the pinned Node is there.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(fileURLToPath(import.meta.url), '../..');

const windows = process.platform === 'win32';
const waitLimitMs = 15 * 60_000;

/** The pinned Node, a package like any other. */
export const pinnedNode = join(root, 'node_modules/node/bin', windows ? 'node.exe' : 'node');

/** Installs what is missing and makes sure that the pinned Node runs; ends the program with a sentence if it cannot. */
export async function ensureInstalled() {
  if (!isInstalled()) {
    const done = await takeTurn();
    try {
      // Whoever had the turn before has perhaps installed everything already.
      if (!isInstalled()) await install();
    } finally {
      done();
    }
  }
  ensureNodeRuns();
}

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes a list of what it installed as the very last
 * thing, so an installation that was broken off does not count.
 */
function isInstalled() {
  const wanted = readPackages('package-lock.json');
  const present = readPackages('node_modules/.package-lock.json');
  if (wanted === undefined || present === undefined) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.optional || entry.peer) return true;
    if (entry.link) return existsSync(join(root, path, 'package.json'));
    if (!path.includes('node_modules/')) return true;
    return present[path]?.version === entry.version && existsSync(join(root, path, 'package.json'));
  });
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

async function install() {
  const began = Date.now();
  console.log('Installing packages; the first time this takes a minute or two …');
  const npm = npmCommand();
  const args = [...npm.args, 'ci', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  const { code, said } = await new Promise((settle) => {
    let output = '';
    const child = spawn(npm.file, args, { cwd: root, shell: npm.shell, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => settle({ code: 1, said: error.message }));
    child.on('close', (status) => settle({ code: status, said: output }));
  });
  if (code !== 0) {
    console.error(said.trim().split('\n').slice(-30).join('\n'));
    fail('npm could not install the packages; what it said stands above. Is the network there? Then start again.');
  }
  console.log(`Installed in ${Math.round((Date.now() - began) / 1000)} s.`);
}

/** The npm that called us, run by the Node that runs us; a shell's npm if nobody did. */
function npmCommand() {
  const path = process.env.npm_execpath;
  if (path?.endsWith('.js') && existsSync(path)) return { file: process.execPath, args: [path], shell: false };
  return { file: windows ? 'npm.cmd' : 'npm', args: [], shell: windows };
}

function ensureNodeRuns() {
  const wanted = readPackages('package-lock.json')?.['node_modules/node']?.version;
  const { stdout, error } = spawnSync(pinnedNode, ['--version'], { encoding: 'utf8' });
  if (stdout?.trim() === `v${wanted}`) return;
  if (!existsSync(pinnedNode)) {
    fail(
      `Node ${wanted} is missing: its package fetches it with an install script, and npm was told not to run those ` +
        '(ignore-scripts). Run `npm rebuild node --ignore-scripts=false`, then start again.',
    );
  }
  fail(
    `Node ${wanted} is installed but does not run here${error ? ` (${error.message})` : ''}. ` +
      'Delete node_modules if it came from another machine, then start again.',
  );
}

/** `npm start` and `npm test` may begin at the same moment on a fresh clone; one installs, the other waits. */
async function takeTurn() {
  const folder = join(root, '.cache');
  const turn = join(folder, 'installing');
  mkdirSync(folder, { recursive: true });
  let told = false;
  for (let waitedMs = 0; waitedMs < waitLimitMs; waitedMs += 250) {
    try {
      writeFileSync(turn, String(process.pid), { flag: 'wx' });
      return () => rmSync(turn, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!isAlive(readHolder(turn))) rmSync(turn, { force: true });
    else if (!told) {
      told = true;
      console.log('Waiting for another command that is installing packages …');
    }
    await new Promise((settle) => setTimeout(settle, 250));
  }
  return fail('Another command has been installing packages for a quarter of an hour. End it, then start again.');
}

function readHolder(turn) {
  try {
    return Number(readFileSync(turn, 'utf8')) || process.ppid;
  } catch {
    return process.ppid;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** @returns {never} */
function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

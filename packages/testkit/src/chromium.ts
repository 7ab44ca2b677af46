import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import chromiumPackage, { inflate } from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

/** Chromium from the package, made for functions in a cloud: these of its arguments break several contexts or weaken the web's rules. */
const UNWANTED = [
  '--single-process',
  '--no-zygote',
  '--in-process-gpu',
  '--disable-web-security',
  '--allow-running-insecure-content',
];

/**
 * Starts headless Chromium: the one named by `CHROMIUM_PATH`, else the one from the package, which unpacks itself at first
 * use. Another test may be unpacking it at this very moment, and a bare machine may lack libraries that the package
 * brings along, therefore a few tries.
 * @param more further arguments, such as a film for its camera
 */
export async function launchChromium(more: readonly string[] = []): Promise<Browser> {
  const named = process.env.CHROMIUM_PATH;
  const given = named !== undefined && existsSync(named) ? named : undefined;
  const usual = chromiumPackage.args.filter((one) => !UNWANTED.includes(one) && !one.startsWith('--headless'));
  const args = [...usual, ...more];
  let libraries: string | undefined;
  for (let tries = 1; ; tries += 1) {
    try {
      const env = libraries === undefined ? process.env : { ...process.env, LD_LIBRARY_PATH: libraries };
      return await chromium.launch({ executablePath: given ?? (await unpacked()), args, headless: true, env });
    } catch (error) {
      if (tries === 5) throw error;
      if (String(error).includes('shared libraries')) libraries = await unpackLibraries();
      else await sleep(1500);
    }
  }
}

/**
 * The package unpacks into the temporary folder of everybody, where another user's copy may lie already that we can
 * neither run nor replace: ours goes into a folder of our own.
 */
function ownFolder(): string {
  return join(tmpdir(), `tessera-chromium-${userInfo().uid}`);
}

/** Runs `work` with our folder as the temporary one, which is where the package unpacks to. */
async function inOwnFolder<T>(work: () => Promise<T>): Promise<T> {
  const folder = ownFolder();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

const unpacked = (): Promise<string> => inOwnFolder(() => chromiumPackage.executablePath());

/** Unpacks the libraries that the package carries for machines without them; returns their folder. */
async function unpackLibraries(): Promise<string> {
  const archives = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '../bin');
  const folder = ownFolder();
  await inOwnFolder(() => inflate(join(archives, 'al2023.tar.br')));
  return join(folder, 'al2023', 'lib');
}

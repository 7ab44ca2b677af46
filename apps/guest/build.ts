/**
 * Bundles the browser scripts of the guest pages. Each page has at most one, and works without it.
 * `node apps/guest/build.ts <folder>` does the same from the command line.
 */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { layCompressed } from '../../scripts/compress.ts';

export const SCRIPTS = ['register', 'code', 'live', 'card', 'worker', 'receipt'] as const;

export interface GuestBuild {
  /** Goes into `site.assetVersion`: changes when any script does, so that the files may be cached for ever. */
  readonly version: string;
  /** File names inside the folder. */
  readonly files: readonly string[];
}

/** Writes one minified file per script into `outDir` (made if missing), with its `.br` and `.gz`. */
export async function buildGuest(outDir: string): Promise<GuestBuild> {
  await mkdir(outDir, { recursive: true });
  const hash = createHash('sha256');
  const files: string[] = [];
  for (const name of SCRIPTS) {
    const code = await bundle(fileURLToPath(new URL(`./src/browser/${name}.ts`, import.meta.url)));
    hash.update(name).update(code);
    files.push(`${name}.js`);
    await writeFile(join(outDir, `${name}.js`), code);
  }
  await layCompressed(pathToFileURL(`${outDir}/`));
  return { version: hash.digest('hex').slice(0, 12), files };
}

async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    envFile: false,
    publicDir: false,
    logLevel: 'error',
    build: { write: false, target: 'es2020', lib: { entry, formats: ['es'], fileName: 'script' }, minify: true },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (output === undefined || !('output' in output)) throw new Error(`Nothing came out of ${entry}.`);
  return output.output[0].code;
}

const [, script, outDir] = process.argv;
if (script === fileURLToPath(import.meta.url)) {
  if (outDir === undefined) throw new Error('Name the folder: node apps/guest/build.ts <folder>');
  console.log(await buildGuest(outDir));
}

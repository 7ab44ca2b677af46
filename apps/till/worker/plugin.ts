import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Writes `service-worker.js` beside the page, with the list of this build's files and a version made from their names. */
export function serviceWorker(): Plugin {
  return {
    name: 'till-service-worker',
    apply: 'build',
    async generateBundle(_options, bundle) {
      // The reader of codes is fetched when a camera opens; without a network nobody can be found by it anyway.
      const built = Object.keys(bundle).filter((name) => name.startsWith('assets/') && !/decoder-|\.wasm$/.test(name));
      const files = ['./', 'manifest.webmanifest', 'icons/sign.svg', ...built].sort();
      const page = await readFile(join(import.meta.dirname, '../index.html'), 'utf8');
      const version = createHash('sha256').update(files.join('\n')).update(page).digest('hex').slice(0, 12);
      const source = await readFile(join(import.meta.dirname, 'service-worker.js'), 'utf8');
      const filled = source
        .replace("'__SHELL_VERSION__'", JSON.stringify(version))
        .replace("['__SHELL_FILES__']", JSON.stringify(files));
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: filled });
    },
  };
}

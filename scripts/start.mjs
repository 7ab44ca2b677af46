// `npm start`: installs what is missing, then runs the server. Everything after `--` goes to it.
import { ensureInstalled } from './install.mjs';
import { runPinned } from './pinned.mjs';

await ensureInstalled();
process.exit(await runPinned(['apps/server/src/main.ts', 'start', ...process.argv.slice(2)]));

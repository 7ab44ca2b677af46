// `npm start`: installs what is missing, then runs the server. Everything after `--` goes to it.
import { ensureInstalled, root } from './install.mjs';
import { runPinned } from './pinned.mjs';
import { serverArguments, serverEnvironment } from './server-node.mjs';

await ensureInstalled();
const args = [...serverArguments(), 'apps/server/src/main.ts', 'start', ...process.argv.slice(2)];
process.exit(await runPinned(args, serverEnvironment(root)));

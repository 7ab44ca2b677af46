// `npm test`: installs what is missing, checks the sources, then runs every test.
// `npm test -- <part of a file name>` runs only the tests that match; other options of vitest work too.
import { ensureInstalled } from './install.mjs';
import { runPinned } from './pinned.mjs';

const given = process.argv.slice(2);
await ensureInstalled();
const checked = given.length === 0 ? await runPinned(['scripts/check.ts']) : 0;
// Somebody who interrupts the checks does not want the tests either.
if (checked > 128) process.exit(checked);
const tested = await runPinned(['node_modules/vitest/vitest.mjs', 'run', ...given]);
if (checked !== 0) console.error('The tests have run, but a check before them failed: see above.');
process.exit(tested || checked);

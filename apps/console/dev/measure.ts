/** Prints what a first visit to the guests' list costs over the wire, file by file: `node apps/console/dev/measure.ts`. */
import { buildConsole } from '../build.ts';
import { firstLoad } from './first-load.ts';

await buildConsole();
const files = firstLoad();
for (const { file, bytes } of files) console.log(`${String(bytes).padStart(8)}  ${file}`);
console.log(`${files.reduce((sum, { bytes }) => sum + bytes, 0)}  in all`);

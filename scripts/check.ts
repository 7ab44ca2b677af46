// Everything that can be said about the sources without running them. Add a step to the list and it is part of `npm test`.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

interface Step {
  readonly name: string;
  /** Arguments for the Node that runs this script. */
  readonly args: readonly string[];
}

// The longest first, so that the short ones fill the gaps.
const steps: readonly Step[] = [
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'] },
  { name: 'types of the browser apps', args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.browser.json'] },
  { name: 'walls', args: ['scripts/walls.ts'] },
  { name: 'form and lint', args: ['node_modules/@biomejs/biome/bin/biome', 'check', '--no-errors-on-unmatched', '.'] },
  { name: 'texts', args: ['scripts/texts.ts'] },
];

const root = join(import.meta.dirname, '..');

async function run(step: Step): Promise<boolean> {
  const began = performance.now();
  const child = spawn(process.execPath, step.args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
  const code = await new Promise((settle) => {
    child.on('error', () => settle(1));
    child.on('close', settle);
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${code === 0 ? '✓' : '✗'} ${step.name}  ${seconds} s`);
  if (code !== 0) console.log(Buffer.concat(said).toString().trimEnd());
  return code === 0;
}

const waiting = [...steps];
let good = true;
async function work(): Promise<void> {
  for (let step = waiting.shift(); step; step = waiting.shift()) good = (await run(step)) && good;
}
await Promise.all(Array.from({ length: Math.min(availableParallelism(), steps.length) }, work));
process.exitCode = good ? 0 : 1;

/**
 * `npm run bench -- passes|checks|growth|pushes|lists [--json]`: ours against peers and physical limits, side by side in one run.
 * Each subject is a module beside this file that exports `run`.
 */
import { parseArgs } from 'node:util';
import type { BenchOptions, Report } from './report.ts';
import { formatReport, toJsonRows } from './report.ts';

const subjects = ['passes', 'checks', 'growth', 'pushes', 'lists'];

type Subject = { readonly run: (options: BenchOptions) => Promise<Report> };

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, rounds: { type: 'string' }, seconds: { type: 'string' } },
  });
  const name = positionals[0] ?? '';
  const options: BenchOptions = {
    ...(values.rounds === undefined ? {} : { rounds: Number(values.rounds) }),
    ...(values.seconds === undefined ? {} : { seconds: Number(values.seconds) }),
  };
  const inRange = [options.rounds, options.seconds].every(
    (value) => value === undefined || (value > 0 && value <= 600),
  );
  if (!subjects.includes(name) || !inRange) {
    console.error(`usage: npm run bench -- ${subjects.join('|')} [--json] [--rounds number] [--seconds number]`);
    return 2;
  }
  const subject: Subject = await import(`./${name}.ts`);
  const report = await subject.run(options);
  console.log(values.json ? JSON.stringify(toJsonRows(report)) : formatReport(report));
  return 0;
}

process.exitCode = await main();

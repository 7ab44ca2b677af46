// Reads every file of the repository for what must not be in it.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemsOfPages } from './pages.ts';

const root = join(import.meta.dirname, '..');
const self = 'scripts/texts.ts';
const mostLines = 400;

/** Longer than allowed when the rule came; they may shrink and not grow. */
const longFiles: Readonly<Record<string, number>> = {};

const forbidden: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  {
    pattern: /(?<![\w.])\/(?:work|root|Users|home\/(?!tessera\b)[a-z])\b\/?[\w.-]*\//,
    why: 'a path of somebody’s machine',
  },
  { pattern: /"resolved":\s*"https?:/, why: 'the address of a package registry' },
  { pattern: /^\s*registry\s*=|_authToken|npmjs\.org\/|registry\.npm/m, why: 'the address of a package registry' },
  { pattern: /^(<{7} |>{7} |={7}$)/m, why: 'an unfinished merge' },
  { pattern: /\b(?:test|describe|it)\.only\(/, why: 'a test that keeps others from running' },
  { pattern: /\b(?:test|describe|it)\.(?:skip|todo)\(/, why: 'a test that does not run' },
];

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
})
  .split('\0')
  .filter((path) => path !== '' && path !== self && existsSync(join(root, path)));

function problemsOf(path: string): string[] {
  const content = readFileSync(join(root, path));
  if (content.includes(0)) return [];
  const text = content.toString('utf8');
  const problems = forbidden.flatMap(({ pattern, why }) => {
    const match = pattern.exec(text);
    return match ? [`${path}:${text.slice(0, match.index).split('\n').length}: ${why}: ${match[0].trim()}`] : [];
  });
  const lines = text.split('\n').length - 1;
  const most = longFiles[path] ?? mostLines;
  if (/[.]tsx?$/.test(path) && lines > most) problems.push(`${path}: ${lines} lines, at most ${most}: split it`);
  return problems;
}

const pages = new Map(
  files.filter((path) => path.endsWith('.md')).map((path) => [path, readFileSync(join(root, path), 'utf8')]),
);
const problems = [...files.flatMap(problemsOf), ...problemsOfPages(pages, (path) => existsSync(join(root, path)))];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log(`${files.length} files`);

// Checks the walls between the parts of the house (.dependency-cruiser.mjs) and, first, that the check sees anything:
// a tool that silently skips TypeScript would find no violation either.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cruise, type IConfiguration, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';

const root = join(import.meta.dirname, '..');
const config: string = new URL('../.dependency-cruiser.mjs', import.meta.url).href;
const { default: walls } = (await import(config)) as { default: IConfiguration };

/** Each file breaks exactly the rules named beside it. */
const forbidden: Readonly<Record<string, readonly [source: string, ...rules: string[]]>> = {
  'packages/loyalty/src/clock.ts': [`import { now } from 'node:process';`, 'loyalty-alone'],
  'packages/loyalty/src/texts.ts': [`import type { A } from '../../contract/src/index.ts';`, 'loyalty-alone'],
  'packages/pkpass/src/a.ts': [`import type { A } from '../../contract/src/index.ts';`, 'pkpass-alone'],
  'packages/look/src/a.ts': [`import { A } from '../../contract/src/index.ts';`, 'look-alone'],
  'packages/contract/src/files.ts': [`import { open } from 'node:fs/promises';`, 'contract-alone'],
  'packages/contract/src/lost.ts': [`import { a } from './nowhere.ts';`, 'resolvable'],
  'packages/testkit/src/a.ts': [`import { a } from '../../../apps/server/src/main.ts';`, 'testkit-without-server'],
  'apps/server/src/features/guests/model.ts': [`import { open } from 'node:fs';`, 'model-without-files-and-sockets'],
  'apps/server/src/features/staff/model.ts': [`import type { Pool } from 'pg';`, 'model-pure', 'sql-in-stores'],
  'apps/server/src/features/guests/find-guest.ts': [`import { type Pool } from 'pg';`, 'sql-in-stores'],
  'apps/server/src/features/guests/answer.ts': [`import type { F } from 'fastify';`, 'http-in-routes'],
  'apps/server/src/features/guests/store.ts': [
    `import type { L } from '../loyalty/index.ts';`,
    'guests-before-later-features',
  ],
  'apps/server/src/features/wallet/issue.ts': [`import { s } from '../guests/store.ts';`, 'wallet-through-faces'],
  'apps/server/src/features/mystery/index.ts': [`import { s } from '../guests/index.ts';`, 'known-features'],
  'apps/server/src/features/bot/talk.ts': [`import { Bot } from 'grammy';`, 'grammy-in-its-adapter'],
  'apps/server/src/platform/log.ts': [`import { s } from '../features/guests/index.ts';`, 'platform-below-features'],
  'apps/server/src/adapters/sms-ru/index.ts': [
    `import { s } from '../../features/guests/store.ts';`,
    'adapters-below-features',
  ],
  'apps/server/src/left.ts': [`import './right.ts';`, 'no-circles'],
  'apps/server/src/compose.ts': [`import '../test/database.ts';`, 'no-tests-in-production'],
  'apps/console/src/app.tsx': [`import { a } from '../../server/src/main.ts';`, 'console-and-till-alone'],
  'apps/till/src/app.ts': [`import '../../console/src/app.tsx';`, 'console-and-till-alone'],
  'apps/guest/src/page.ts': [`import type { A } from '@tessera/loyalty';`, 'guest-alone'],
};

/** These imports are right; a wall that stops them is as wrong as one with a hole. */
const allowed: Readonly<Record<string, string>> = {
  'packages/loyalty/src/index.ts': `export { b } from './lots.ts';`,
  'packages/loyalty/src/lots.ts': 'export const b = 1;',
  'packages/look/src/index.ts': 'export const a = 1;',
  'packages/contract/src/index.ts': `import { Type } from 'typebox'; export type A = 1;`,
  'apps/server/src/right.ts': `import type { L } from './left.ts';`,
  'apps/server/src/main.ts': 'export const a = 1;',
  'apps/server/test/database.ts': `import { Client } from 'pg';`,
  'apps/server/src/features/guests/index.ts': `export { f } from './card.store.ts';`,
  'apps/server/src/features/guests/card.store.ts': `import { Pool } from 'pg'; export const f = 1;`,
  'apps/server/src/features/loyalty/index.ts': `import { f } from '../guests/index.ts'; export type L = 1;`,
  'apps/server/src/features/loyalty/routes.ts': `import Fastify from 'fastify'; import '@tessera/contract';`,
  'node_modules/grammy/package.json': '{ "name": "grammy", "main": "index.js" }',
  'node_modules/grammy/index.js': 'exports.Bot = 1;',
  'apps/guest/src/index.ts': `import { a } from '@tessera/look'; import '@tessera/contract';`,
};

interface Broken {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

async function look(folder: string): Promise<{ broken: Broken[]; sources: string[] }> {
  const { options, ...ruleSet } = walls;
  const places = ['apps', 'packages'];
  const settings = { ...options, ruleSet, validate: true, baseDir: folder } as ICruiseOptions;
  const { output } = await cruise(places, settings, {
    ...options?.enhancedResolveOptions,
  });
  const { modules, summary } = output as ICruiseResult;
  return {
    broken: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
    sources: modules.map(({ source }) => source),
  };
}

/** Builds a small house full of holes and demands that exactly those are found. */
async function prove(): Promise<string[]> {
  mkdirSync(join(root, '.cache'), { recursive: true });
  const house = mkdtempSync(join(root, '.cache/walls-'));
  try {
    const files = [
      ...Object.entries(forbidden).map(([path, [source]]) => [path, source] as const),
      ...Object.entries(allowed),
    ];
    for (const [path, source] of files) {
      mkdirSync(dirname(join(house, path)), { recursive: true });
      writeFileSync(join(house, path), `${source}\n`);
    }
    mkdirSync(join(house, 'node_modules/@tessera'), { recursive: true });
    for (const name of ['loyalty', 'contract', 'look']) {
      writeFileSync(join(house, `packages/${name}/package.json`), JSON.stringify({ exports: './src/index.ts' }));
      symlinkSync(join(house, 'packages', name), join(house, 'node_modules/@tessera', name));
    }
    const { broken } = await look(house);
    const found = new Set(broken.map(({ rule, from }) => `${from} breaks ${rule}`));
    const wanted = new Set(
      Object.entries(forbidden).flatMap(([path, [, ...rules]]) => rules.map((rule) => `${path} breaks ${rule}`)),
    );
    return [
      ...[...wanted.difference(found)].map((each) => `not noticed in the proof: ${each}`),
      ...[...found.difference(wanted)].map((each) => `wrongly noticed in the proof: ${each}`),
    ];
  } finally {
    rmSync(house, { recursive: true, force: true });
  }
}

/** TypeScript files below these folders that the check has not looked at. */
function overlooked(sources: readonly string[]): string[] {
  const seen = new Set(sources);
  return ['apps', 'packages']
    .flatMap((place) =>
      readdirSync(join(root, place), { recursive: true, encoding: 'utf8' }).map((path) => join(place, path)),
    )
    .filter((path) => /[.]tsx?$/.test(path) && !/(^|\/)(node_modules|dist)\//.test(path))
    .filter((path) => !path.endsWith('.d.ts') && !seen.has(path));
}

const holes = await prove();
const { broken, sources } = await look(root);
const comments = new Map((walls.forbidden ?? []).map((each) => [each.name, each.comment]));
const problems = [
  ...holes,
  ...broken.map(({ rule, from, to }) => `${from} → ${to}: ${comments.get(rule) ?? rule} (${rule})`),
  ...overlooked(sources).map((path) => `${path} was not looked at`),
];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log(`${sources.length} modules, every wall stands`);

import { describe, expect, test } from 'vitest';
import { problemsOfPages } from './pages.ts';

const english = `# The till

[По-русски](../ru/guides/till.md)

Read [who signs in](tills.md#who-signs-in) and \`[this](nowhere.md)\`.

## Start

\`\`\`sh
npm start    # begins
\`\`\`
`;
const russian = `# Касса

[In English](../../guides/till.md)

Читайте, [кто входит](tills.md#кто-входит-и-как), и [решения](../../decisions/).

## Начало

\`\`\`sh
npm start    # начинает
\`\`\`
`;
const house = {
  'docs/guides/till.md': english,
  'docs/ru/guides/till.md': russian,
  'docs/guides/tills.md': '# Tills\n[По-русски](../ru/guides/tills.md)\n## Who signs in\n',
  'docs/ru/guides/tills.md': '# Кассы\n[In English](../../guides/tills.md)\n## Кто входит, и как\n',
  'docs/bench.md': '# Speeds\n',
};
const page = 'docs/guides/till.md';
const twin = 'docs/ru/guides/till.md';

/** What is wrong with the house when some of its pages read otherwise; null: the page is gone. */
function problemsWith(changed: Readonly<Record<string, string | null>>): string[] {
  const pages = Object.entries({ ...house, ...changed }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  const there = new Set([...pages.map(([path]) => path), 'docs/decisions/']);
  return problemsOfPages(new Map(pages), (path) => there.has(path));
}

test('pages whose twins say the same and whose links lead somewhere are right', () => {
  expect(problemsWith({})).toEqual([]);
});

describe('it is told', () => {
  test('that a page has no Russian twin', () => {
    expect(problemsWith({ [twin]: null })).toContain(`${page}: its Russian page ${twin} is missing`);
    expect(problemsWith({ 'docs/new.md': '# New\n' })).toEqual([
      'docs/new.md: its Russian page docs/ru/new.md is missing',
    ]);
  });

  test('that a Russian page has no English one', () => {
    expect(problemsWith({ 'docs/ru/guides/old.md': '# Старое\n' })).toEqual([
      'docs/ru/guides/old.md: there is no English page of this name',
    ]);
  });

  test.each([
    ['headings', russian.replace('## Начало', '### Начало'), `${twin}: other headings than ${page}`],
    ['code', russian.replace('npm start', 'npm test'), `${twin}: code block 1 is not that of ${page}`],
    ['a language of code', russian.replace('```sh', '```json'), `${twin}: code block 1 is not that of ${page}`],
    ['more code', `${russian}\n\`\`\`\n1\n\`\`\`\n`, `${twin}: more or fewer code blocks than ${page}`],
    ['no way back', russian.replace('../../guides/till.md', 'till.md'), `${twin}: does not lead to ${page}`],
  ])('that twins differ: %s', (_what, text, problem) => {
    expect(problemsWith({ [twin]: text })).toEqual([problem]);
  });

  test('that a page does not lead to its twin', () => {
    expect(problemsWith({ [page]: english.replace('../ru/guides/till.md', 'till.md') })).toEqual([
      `${page}: does not lead to ${twin}`,
    ]);
  });

  test.each([
    ['a file', '[x](gone.md)', `${page}:13: leads to docs/guides/gone.md, which is not there`],
    ['a picture', '![x](../pictures/gone.png)', `${page}:13: leads to docs/pictures/gone.png, which is not there`],
    ['a heading', '[x](tills.md#nobody)', `${page}:13: docs/guides/tills.md has no heading #nobody`],
    ['a heading of the page itself', '[x](#nobody)', `${page}:13: ${page} has no heading #nobody`],
  ])('that a link leads to what is not there: %s', (_what, link, problem) => {
    expect(problemsWith({ [page]: `${english}\n${link}\n` })).toEqual([problem]);
  });

  test('that a Russian page leads to English where there is a twin', () => {
    expect(problemsWith({ [twin]: `${russian}\n[x](../../guides/tills.md) [y](../../bench.md)\n` })).toEqual([
      `${twin}:13: leads to English, docs/ru/guides/tills.md is there`,
    ]);
  });
});

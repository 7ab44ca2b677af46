import { posix } from 'node:path';

/** Markdown by its path from the root of the repository. */
export type Pages = ReadonlyMap<string, string>;

/** Figures and tables for who builds Tessera, not for who uses it. */
const inEnglishAlone: readonly string[] = ['docs/bench.md', 'docs/coverage.md'];

/** Where the Russian twin of an English page is; null: the page has none. */
function twinOf(path: string): string | null {
  if (path === 'README.md') return 'README.ru.md';
  const name = /^docs\/((?:guides\/)?[^/]+[.]md)$/.exec(path)?.[1];
  return name === undefined || inEnglishAlone.includes(path) ? null : `docs/ru/${name}`;
}

type Heading = { readonly level: number; readonly anchor: string };
type Link = { readonly line: number; readonly target: string };
type Outline = {
  readonly headings: readonly Heading[];
  readonly blocks: readonly string[];
  readonly links: readonly Link[];
};

/**
 * What is wrong with pages: one without its Russian twin, twins that have other headings or other code (comments may be
 * in the reader's language) or do not lead to each other, a Russian page that leads to English where there is a twin, a
 * link to a file or a heading that is not there.
 * @param isThere whether a path from the root is a file or a folder
 */
export function problemsOfPages(pages: Pages, isThere: (path: string) => boolean): string[] {
  const outlines = new Map([...pages].map(([path, text]) => [path, outlineOf(text)]));
  const twins = new Map([...pages.keys()].flatMap((path) => [[path, twinOf(path)]]).filter(isPair));
  const english = new Map([...twins].map(([path, twin]) => [twin, path]));
  const strays = [...pages.keys()]
    .filter((path) => path.startsWith('docs/ru/') && !english.has(path))
    .map((path) => `${path}: there is no English page of this name`);
  return [
    ...strays,
    ...[...twins].flatMap(([path, twin]) => problemsOfTwins(outlines, path, twin)),
    ...[...outlines].flatMap(([path, { links }]) =>
      links.flatMap((link) => problemsOfLink({ path, link, outlines, isThere, twins, english })),
    ),
  ];
}

const isPair = (pair: (string | null)[]): pair is [string, string] => pair[1] !== null;

function problemsOfTwins(outlines: ReadonlyMap<string, Outline>, path: string, twin: string): string[] {
  const [one, other] = [outlines.get(path), outlines.get(twin)];
  if (!one || !other) return [`${path}: its Russian page ${twin} is missing`];
  const levels = ({ headings }: Outline): string => headings.map(({ level }) => level).join(' ');
  const leadsTo = (from: string, { links }: Outline, to: string): boolean =>
    links.some(({ target }) => resolve(from, target).path === to);
  const codeAt = one.blocks.findIndex((block, index) => block !== other.blocks[index]);
  return [
    ...(levels(one) === levels(other) ? [] : [`${twin}: other headings than ${path}`]),
    ...(one.blocks.length === other.blocks.length ? [] : [`${twin}: more or fewer code blocks than ${path}`]),
    ...(codeAt < 0 || other.blocks[codeAt] === undefined
      ? []
      : [`${twin}: code block ${codeAt + 1} is not that of ${path}`]),
    ...(leadsTo(path, one, twin) ? [] : [`${path}: does not lead to ${twin}`]),
    ...(leadsTo(twin, other, path) ? [] : [`${twin}: does not lead to ${path}`]),
  ];
}

type LinkToCheck = {
  readonly path: string;
  readonly link: Link;
  readonly outlines: ReadonlyMap<string, Outline>;
  readonly isThere: (path: string) => boolean;
  readonly twins: ReadonlyMap<string, string>;
  readonly english: ReadonlyMap<string, string>;
};

function problemsOfLink({ path, link, outlines, isThere, twins, english }: LinkToCheck): string[] {
  if (/^[a-z]+:/i.test(link.target)) return [];
  const place = `${path}:${link.line}`;
  const to = resolve(path, link.target);
  if (!isThere(to.path)) return [`${place}: leads to ${to.path}, which is not there`];
  const headings = outlines.get(to.path)?.headings;
  if (to.anchor !== '' && headings && !headings.some(({ anchor }) => anchor === to.anchor)) {
    return [`${place}: ${to.path} has no heading #${to.anchor}`];
  }
  const twin = twins.get(to.path);
  const isForeign = english.has(path) && english.get(path) !== to.path && twin !== undefined && outlines.has(twin);
  return isForeign ? [`${place}: leads to English, ${twin} is there`] : [];
}

function resolve(from: string, target: string): { path: string; anchor: string } {
  const [file = '', anchor = ''] = target.split('#');
  const path = file === '' ? from : posix.join(posix.dirname(from), decodeURIComponent(file));
  return { path, anchor: decodeURIComponent(anchor) };
}

/** The headings of a page, its fenced code without comments, and where the links beside the code lead. */
function outlineOf(text: string): Outline {
  const headings: Heading[] = [];
  const blocks: string[] = [];
  const links: Link[] = [];
  let fence: string | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== null) {
      if (mark?.startsWith(fence)) fence = null;
      else blocks.push(`${blocks.pop()}\n${line.replace(/(^|\s)(#|\/\/)\s.*$/, '').trimEnd()}`);
      continue;
    }
    if (mark !== undefined) {
      fence = mark;
      blocks.push(line.trim());
      continue;
    }
    const heading = /^(#{1,6})\s+(.+?)\s*$/.exec(line);
    if (heading) headings.push({ level: heading[1]!.length, anchor: anchorOf(heading[2]!) });
    const prose = line.replace(/`[^`]*`/g, '');
    for (const [, target] of prose.matchAll(/\]\(([^)\s]+)\)/g)) links.push({ line: index + 1, target: target! });
  }
  return { headings, blocks, links };
}

/** The name under which GitHub leads to a heading. */
const anchorOf = (heading: string): string =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-');

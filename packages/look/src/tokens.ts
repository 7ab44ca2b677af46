/**
 * The one source of colours, type, space and motion. `tokens.css` is written from here (`node packages/look/write-css.ts`),
 * and a test compares the two.
 *
 * Beside the ten named colours there are three derived kinds: `on…` is text on a filled colour, `…Soft` is a tint to put
 * behind text, `amberInk` is amber dark enough to be read as text on paper (plain amber reaches only 3.5 : 1).
 */
export interface Palette {
  readonly paper: string;
  readonly surface: string;
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly field: string;
  readonly clay: string;
  readonly onClay: string;
  readonly clayPressed: string;
  readonly claySoft: string;
  readonly leaf: string;
  readonly onLeaf: string;
  readonly leafSoft: string;
  readonly amber: string;
  readonly amberInk: string;
  readonly amberSoft: string;
  readonly brick: string;
  readonly onBrick: string;
  readonly brickSoft: string;
  readonly sea: string;
  readonly seaSoft: string;
}

const light: Palette = {
  paper: '#FAF7F2',
  surface: '#FFFFFF',
  ink: '#221C17',
  quiet: '#6F655B',
  line: '#E7DFD4',
  field: '#8C8074',
  clay: '#B4532A',
  onClay: '#FFFFFF',
  clayPressed: '#97421E',
  claySoft: '#FCF4EF',
  leaf: '#2F7D5B',
  onLeaf: '#FFFFFF',
  leafSoft: '#EDF7F2',
  amber: '#B7791F',
  amberInk: '#80520F',
  amberSoft: '#FAEFD9',
  brick: '#B3261E',
  onBrick: '#FFFFFF',
  brickSoft: '#FBE7E5',
  sea: '#2A6F8F',
  seaSoft: '#E3F0F5',
};

const dark: Palette = {
  paper: '#171412',
  surface: '#211D1A',
  ink: '#F2ECE4',
  quiet: '#A89D91',
  line: '#342E29',
  field: '#7A6F64',
  clay: '#E07F52',
  onClay: '#1B120D',
  clayPressed: '#EC9A74',
  claySoft: '#3A2419',
  leaf: '#5DB58B',
  onLeaf: '#0D1A14',
  leafSoft: '#1B3328',
  amber: '#E0A84A',
  amberInk: '#E0A84A',
  amberSoft: '#372A14',
  brick: '#F2766B',
  onBrick: '#210B09',
  brickSoft: '#3D1F1C',
  sea: '#6FB3D1',
  seaSoft: '#182D37',
};

export const tokens = {
  colours: { light, dark },
  /** Pixels. */
  type: { note: 12, small: 14, body: 16, title: 20, heading: 28, figure: 40 },
  /** Pixels, steps of 4. */
  space: { 1: 4, 2: 8, 3: 12, 4: 16, 5: 20, 6: 24, 8: 32, 10: 40, 12: 48, 16: 64 },
  /** Pixels. */
  radius: { small: 6, surface: 10, card: 14, full: 999 },
  /** Milliseconds. */
  motion: { quick: 120, closing: 220 },
  shadow: {
    light: '0 8px 28px -6px rgb(34 28 23 / 0.18), 0 2px 6px rgb(34 28 23 / 0.08)',
    dark: '0 8px 28px -6px rgb(0 0 0 / 0.6), 0 2px 6px rgb(0 0 0 / 0.4)',
  },
  font: {
    /** Guest pages: whatever the phone has. */
    system: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif',
    /** Console and till: bundled, good Cyrillic. */
    app: '"Golos Text Variable", "Golos Text", system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
    mono: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  },
} as const;

/** `clayPressed` → `--clay-pressed`. */
export function tokenName(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The text of `tokens.css`: light by default, dark by the system's wish or by `data-theme`. */
export function tokensCss(): string {
  const fixed = [
    ...sizes('type', tokens.type),
    ...sizes('space', tokens.space),
    ...sizes('radius', tokens.radius),
    ...Object.entries(tokens.motion).map(([key, value]) => `--motion-${key}: ${value}ms;`),
    ...Object.entries(tokens.font).map(([key, value]) => `--font-${key}: ${value};`),
  ];
  const lightLines = ['color-scheme: light;', ...palette(light), `--shadow: ${tokens.shadow.light};`];
  const darkLines = ['color-scheme: dark;', ...palette(dark), `--shadow: ${tokens.shadow.dark};`];
  return [
    '/* Written from tokens.ts by write-css.ts: change it there. */',
    block(':root', fixed, ''),
    block(':root,\n[data-theme="light"]', lightLines, ''),
    `@media (prefers-color-scheme: dark) {\n${block(':root:not([data-theme="light"])', darkLines, '  ')}\n}`,
    block('[data-theme="dark"]', darkLines, ''),
    '',
  ].join('\n');
}

function sizes(group: string, values: Readonly<Record<string, number>>): string[] {
  return Object.entries(values).map(([key, value]) => `--${group}-${key}: ${value}px;`);
}

function palette(colours: Palette): string[] {
  return Object.entries(colours).map(([key, value]) => `${tokenName(key)}: ${value.toLowerCase()};`);
}

function block(selector: string, lines: readonly string[], indent: string): string {
  const head = selector.replaceAll('\n', `\n${indent}`);
  return `${indent}${head} {\n${lines.map((line) => `${indent}  ${line}`).join('\n')}\n${indent}}`;
}

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contrastRatio } from './contrast.ts';
import { type Palette, tokens, tokensCss } from './tokens.ts';

describe('tokens', () => {
  test('tokens.css is what tokens.ts says', () => {
    expect(readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')).toBe(tokensCss());
  });

  test.each(Object.entries(tokens.colours) as [string, Palette][])(
    'text has a contrast of at least 4.5 : 1 (%s)',
    (_, c) => {
      const pairs: [string, string][] = [
        [c.ink, c.paper],
        [c.ink, c.surface],
        [c.quiet, c.paper],
        [c.quiet, c.surface],
        [c.clay, c.paper],
        [c.clay, c.surface],
        [c.leaf, c.paper],
        [c.leaf, c.surface],
        [c.brick, c.paper],
        [c.brick, c.surface],
        [c.sea, c.paper],
        [c.sea, c.surface],
        [c.amberInk, c.paper],
        [c.amberInk, c.amberSoft],
        [c.ink, c.amberSoft],
        [c.onClay, c.clay],
        [c.onClay, c.clayPressed],
        [c.onLeaf, c.leaf],
        [c.onBrick, c.brick],
        [c.clay, c.claySoft],
        [c.ink, c.claySoft],
        [c.leaf, c.leafSoft],
        [c.brick, c.brickSoft],
        [c.sea, c.seaSoft],
      ];
      const tooFaint = pairs.filter(([text, ground]) => contrastRatio(text, ground) < 4.5);
      expect(
        tooFaint.map(([text, ground]) => `${text} on ${ground}: ${contrastRatio(text, ground).toFixed(2)}`),
      ).toEqual([]);
    },
  );

  test.each(Object.entries(tokens.colours) as [string, Palette][])(
    'the edge of a field stands out 3 : 1 (%s)',
    (_, c) => {
      expect(contrastRatio(c.field, c.surface)).toBeGreaterThanOrEqual(3);
      expect(contrastRatio(c.field, c.paper)).toBeGreaterThanOrEqual(3);
    },
  );
});

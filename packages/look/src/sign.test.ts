import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faviconDataUrl, faviconSvg, renderSign } from './sign.ts';

test('the small sign is a plainer drawing than the large one', () => {
  const path = (svg: string): string => /d="([^"]+)"/.exec(svg)?.[1] ?? '';
  expect(path(renderSign({ size: 16 }))).not.toBe(path(renderSign({ size: 40 })));
  expect(renderSign({ size: 16, colour: 'one' })).not.toContain('--clay');
});

test('a sign without a title is hidden from screen readers, one with a title is named and escaped', () => {
  expect(renderSign()).toContain('aria-hidden="true"');
  expect(renderSign({ title: '"><script>' })).toContain('aria-label="&quot;&gt;&lt;script&gt;"');
});

test('the closing motion stays under 250 ms and only plays when motion is welcome', () => {
  const css = readFileSync(new URL('./sign.css', import.meta.url), 'utf8');
  const animations = [...css.matchAll(/animation:[^;]*?(\d+)ms/g)];
  expect(animations).toHaveLength(2);
  for (const [, duration] of animations) expect(Number(duration)).toBeLessThan(250);
  const calm = css.slice(css.indexOf('@media (prefers-reduced-motion: no-preference)'), css.indexOf('@keyframes'));
  expect(calm.match(/animation:/g)).toHaveLength(2);
});

test('the favicon is a picture of under 1 kB', () => {
  expect(faviconSvg().length).toBeLessThan(1024);
  expect(faviconDataUrl()).toMatch(/^data:image\/svg\+xml,/);
});

/** Relative luminance of an `#rrggbb` colour (WCAG 2.2), 0 to 1. */
function luminance(colour: string): number {
  const channel = (offset: number): number => {
    const value = Number.parseInt(colour.slice(offset, offset + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** Contrast of two `#rrggbb` colours, 1 to 21 (WCAG 2.2). Text wants at least 4.5. */
export function contrastRatio(first: string, second: string): number {
  const [a, b] = [luminance(first), luminance(second)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Contrast that text needs to be read by everybody (WCAG 2.2, 1.4.3). */
const READABLE = 4.5;

/**
 * The colour nearest to `colour` that can be read on `background` (`#rrggbb` both): darker or lighter by steps, whichever
 * gets there first; black or white where nothing between will do.
 */
export function readableOn(colour: string, background: string): string {
  const ends = ['#000000', '#ffffff'] as const;
  for (let step = 0; step <= 50; step += 1) {
    const tried = ends.map((end) => mix(colour, end, step / 50));
    const good = tried.filter((one) => contrastRatio(one, background) >= READABLE);
    if (good[0] !== undefined) return good[0];
  }
  return contrastRatio(ends[0], background) >= contrastRatio(ends[1], background) ? ends[0] : ends[1];
}

/** `share` of the second colour in the first, channel by channel. */
function mix(first: string, second: string, share: number): string {
  const channel = (offset: number): string => {
    const [a, b] = [first, second].map((one) => Number.parseInt(one.slice(offset, offset + 2), 16)) as [number, number];
    return Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

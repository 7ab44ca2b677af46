import { createTheme, defaultVariantColorsResolver, type VariantColorsResolver } from '@mantine/core';

/** Buttons take their colours from the tokens, so that light and dark need no second list here. */
const buttonColours: VariantColorsResolver = (input) => {
  // What cannot be undone is asked for in `red`.
  const danger = input.color === 'red';
  if (input.variant === 'filled' && danger) {
    return {
      background: 'var(--brick)',
      hover: 'color-mix(in srgb, var(--brick) 88%, var(--ink))',
      color: 'var(--on-clay)',
      border: '1px solid transparent',
    };
  }
  if (input.variant === 'filled') {
    return {
      background: 'var(--clay)',
      hover: 'var(--clay-pressed)',
      color: 'var(--on-clay)',
      border: '1px solid transparent',
    };
  }
  if (input.variant === 'default') {
    return {
      background: 'var(--surface)',
      hover: 'var(--hover)',
      color: 'var(--ink)',
      border: '1px solid var(--field)',
    };
  }
  if (input.variant === 'subtle') {
    const color = danger ? 'var(--brick)' : 'var(--ink)';
    return { background: 'transparent', hover: 'var(--hover)', color, border: '1px solid transparent' };
  }
  return defaultVariantColorsResolver(input);
};

/** Everything else about the look stands in `mantine.css`. */
export const mantineTheme = createTheme({
  defaultRadius: 'md',
  respectReducedMotion: true,
  variantColorResolver: buttonColours,
});

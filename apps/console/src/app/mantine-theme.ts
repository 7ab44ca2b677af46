import { createTheme, defaultVariantColorsResolver, type VariantColorsResolver } from '@mantine/core';

/** Buttons take their colours from the tokens, so that light and dark need no second list here. */
const buttonColours: VariantColorsResolver = (input) => {
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
    return { background: 'transparent', hover: 'var(--hover)', color: 'var(--ink)', border: '1px solid transparent' };
  }
  return defaultVariantColorsResolver(input);
};

/** Everything else about the look stands in `mantine.css`. */
export const mantineTheme = createTheme({
  defaultRadius: 'md',
  respectReducedMotion: true,
  variantColorResolver: buttonColours,
});

/** Writes `src/tokens.css` from `src/tokens.ts`. Run it after changing a token: `node packages/look/write-css.ts`. */
import { writeFileSync } from 'node:fs';
import { tokensCss } from './src/tokens.ts';

writeFileSync(new URL('./src/tokens.css', import.meta.url), tokensCss());

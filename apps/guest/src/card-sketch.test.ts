import { describe, expect, test } from 'vitest';
import { cardPage } from './index.ts';
import * as fixtures from './preview/fixtures.ts';
import { translator } from './preview/translator.ts';

describe('the card’s large picture', () => {
  const strip = '/assets/1/strip';
  const pageWith = async (sketch?: string): Promise<string> => {
    const data = fixtures.cardData('ru');
    const card = { ...data.card, images: { ...data.card.images, strip } };
    return cardPage({ ...data, card, ...(sketch === undefined ? {} : { sketch }) }, await translator('ru'), 'ru');
  };

  test('lies under the sharp one as a sketch, or is asked for ahead of everything', async () => {
    const sketch = 'data:image/webp;base64,UklGRh4F+/==';
    const sketched = await pageWith(sketch);
    expect(sketched.includes(`.t-card-strip-image,.t-card-backdrop{background:url(${sketch})`)).toBe(true);
    expect(sketched.includes('rel="preload"')).toBe(false);
    expect((await pageWith()).includes(`<link rel="preload" as="image" href="${strip}"`)).toBe(true);
  });

  test.each(['data:image/webp;base64,AA==)}body{display:none', 'red}</style><b>', 'https://example.org/x.webp'])(
    '%s is no sketch and gets nowhere near the styles',
    async (sketch) => {
      expect((await pageWith(sketch)).includes(sketch)).toBe(false);
    },
  );
});

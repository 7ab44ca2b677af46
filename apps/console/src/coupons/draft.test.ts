import { describe, expect, test } from 'vitest';
import { draftOf, exampleOf, newDraft, termsOf, toMinor } from './draft.ts';

describe('the form of a kind', () => {
  const kind = { name: 'Кофе', mode: 'personal', code: null, programmeId: 1 } as const;

  test('what was saved comes back to the fields and from them as the same terms', () => {
    const terms = {
      effect: { kind: 'nth_item', every: 3, basisPoints: 5000 },
      items: { items: ['coffee'], groups: ['hot'] },
      condition: { minCheck: 50_000, newGuestsOnly: true, weekdays: ['monday'] },
      lifetimeDays: 14,
      limits: { total: null, perMember: 1, budget: null, perCheck: 2 },
      maxDiscount: 20_050,
      stacking: { category: 'exclusive', withPoints: false },
      returns: { reissue: false },
    } as const;
    const saved = structuredClone(terms) as unknown as Parameters<typeof draftOf>[1];
    expect(termsOf(draftOf(kind, saved))).toEqual(terms);
  });

  test('a bundle, which the form cannot set, is kept as it is', () => {
    const bundle = { effect: { kind: 'bundle', price: 100, parts: [{ items: { items: ['a'] }, pieces: 1 }] } } as const;
    const saved = structuredClone(bundle) as unknown as Parameters<typeof draftOf>[1];
    expect(termsOf(draftOf(kind, saved))?.effect).toEqual(bundle.effect);
  });

  test('a field that says nothing gives no terms and no example', () => {
    expect(termsOf({ ...newDraft(1), value: '' })).toBeNull();
    expect(exampleOf({ ...newDraft(1), value: 'x' })).toBeNull();
    expect(exampleOf({ ...newDraft(1), goods: 'coffee, #hot' })?.lines).toMatchObject([
      { amount: 100_000, itemId: 'coffee', groups: ['hot'] },
    ]);
  });

  test('sums are read as people write them', () => {
    expect([toMinor('1 250,5'), toMinor('10'), toMinor('0.01'), toMinor('1.234'), toMinor('')]).toEqual([
      125_050,
      1_000,
      1,
      null,
      null,
    ]);
  });
});

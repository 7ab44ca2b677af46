import fc from 'fast-check';
import { expect, test } from 'vitest';
import { smallest } from '../amounts.ts';
import type { Claim } from '../index.ts';
import { claimChanges, claimsOf } from '../index.ts';
import { startStory } from '../test-story.ts';

const PARTNERS = ['A', 'B', 'C'] as const;
const money = fc.integer({ min: 1, max: 200_000 }).map(BigInt);
const sale = fc.record({
  partner: fc.constantFrom(...PARTNERS),
  money,
  spendPercent: fc.integer({ min: 0, max: 100 }),
});
const settings = fc.record({
  settle: fc.constantFrom('redemption' as const, 'issue' as const),
  defaultBasisPoints: fc.integer({ min: 0, max: 12_000 }),
  giftsBy: fc.constantFrom('A', null),
});

/** Net of each partner; what is owed to it is positive. */
function net(claims: readonly Claim[]): Map<string | null, bigint> {
  const sums = new Map<string | null, bigint>();
  for (const { debtor, creditor, amount } of claims) {
    sums.set(debtor, (sums.get(debtor) ?? 0n) - amount);
    sums.set(creditor, (sums.get(creditor) ?? 0n) + amount);
  }
  return sums;
}

test('claims never pass the face value agreed, follow every return exactly, and vanish with the whole check', () => {
  fc.assert(
    fc.property(settings, fc.array(sale, { minLength: 1, maxLength: 6 }), fc.array(money), (clearing, sales, parts) => {
      const story = startStory({ clearing });
      story.refill(500);
      sales.forEach(({ partner, money: total, spendPercent }, index) => {
        const { available } = story.state();
        const most = smallest(available, total);
        const spend = (most * BigInt(spendPercent)) / 100n;
        const facts = { checkId: String(index), partner, occurredAt: story.now(), total, spend };
        const outcome = story.carryOut({ kind: 'register_check', mode: 'priced', ...facts });
        for (const claim of claimsOf(outcome.sale, story.rules)) {
          expect(claim.amount).toBe((claim.points * BigInt(clearing.defaultBasisPoints)) / 10_000n);
          expect(claim.debtor).not.toBe(claim.creditor);
        }
      });
      for (const [checkId, sold] of [...story.sales]) {
        const posted = [...claimsOf(sold, story.rules)];
        const post = (step: () => void): void => {
          const before = claimsOf(story.sales.get(checkId)!, story.rules);
          step();
          posted.push(...claimChanges(before, claimsOf(story.sales.get(checkId)!, story.rules)));
        };
        for (const amount of parts.slice(0, 3)) {
          if (amount < story.sales.get(checkId)!.money - (story.sales.get(checkId)!.returned?.money ?? 0n)) {
            post(() => story.takeBack(checkId, { amount }));
          }
        }
        post(() => story.takeBack(checkId));
        expect([...net(posted).values()].filter((sum) => sum !== 0n)).toEqual([]);
      }
    }),
    { numRuns: 150 },
  );
});

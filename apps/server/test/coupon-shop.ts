/** A company with one programme and coupons, on a database of its own: what the tests of offers stand on. */

import { type LoyaltyPlatform, registerCheck, type Sale } from '../src/features/loyalty/index.ts';
import { issueByHand } from '../src/features/loyalty/offers/issue-coupon.ts';
import { normaliseCode } from '../src/features/loyalty/offers/model.ts';
import { createKind, type NewKind } from '../src/features/loyalty/offers/save-kind.ts';
import { createLoyaltyHouse } from './loyalty-house.ts';

export type Shop = Awaited<ReturnType<typeof openShop>>;

export async function openShop() {
  const { house, platform, other, tenant, programmeId, newAccount } = await createLoyaltyHouse({
    timeZone: 'Europe/Moscow',
    levels: [{ id: 'base', name: 'Базовый', fromTurnover: 0, rateBasisPoints: 500 }],
    spendLimits: { maxPercentBasisPoints: 3000 },
  });
  let counter = 0;
  const next = (): number => {
    counter += 1;
    return counter;
  };

  async function newKind(kind: Partial<NewKind> & { terms: unknown }): Promise<number> {
    const saved = await createKind(platform, tenant, { programmeId, name: 'Купон', mode: 'shared', ...kind });
    if (!saved.ok) throw new Error(saved.refusal.code);
    if (saved.value.problems) throw new Error(JSON.stringify(saved.value.problems));
    return saved.value.kindId;
  }

  return {
    house,
    platform,
    other,
    tenant,
    programmeId,
    newAccount,
    newKind,
    /** A kind with one code for everybody; answers the code. */
    async sharedCode(terms: unknown): Promise<string> {
      const code = `CODE${next()}`;
      await newKind({ mode: 'shared', code, terms });
      return code;
    },
    /** A coupon of a member's own; answers its code. */
    async personalCode(accountId: number, terms: unknown): Promise<string> {
      const kindId = await newKind({ mode: 'personal', terms });
      const issued = await issueByHand(platform, tenant, { kindId, accountId, key: `hand-${next()}` });
      if (!issued.ok) throw new Error(issued.refusal.code);
      return normaliseCode(issued.value.code);
    },
    /** Sells for so much; answers the answer, or the refusal's code. */
    async sell(accountId: number, total: bigint, more: Partial<Sale> = {}, at: LoyaltyPlatform = platform) {
      const key = `check-${next()}`;
      const sale = { accountId, source: 'till', externalId: key, spend: 0n, mode: 'priced', total, ...more } as Sale;
      const sold = await registerCheck(at, tenant, sale);
      return sold.ok ? sold.value : sold.refusal.code;
    },
    close: () => house.close(),
  };
}

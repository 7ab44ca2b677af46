/** A company with one programme and coupons, on a database of its own: what the tests of offers stand on. */

import {
  BONUS_PROGRAMME,
  createGroup,
  createProgramme,
  createRulesLibrary,
  type LoyaltyPlatform,
  openAccount,
  refillAccount,
  registerCheck,
  type Sale,
} from '../src/features/loyalty/index.ts';
import { issueByHand } from '../src/features/loyalty/offers/issue-coupon.ts';
import { normaliseCode } from '../src/features/loyalty/offers/model.ts';
import { createKind, type NewKind } from '../src/features/loyalty/offers/save-kind.ts';
import { createCompany } from '../src/features/tenancy/index.ts';
import type { Tenant } from '../src/platform/database/index.ts';
import { createInTurn } from '../src/platform/in-turn.ts';
import { createTestHouse, type TestHouse } from './platform.ts';

export type Shop = Awaited<ReturnType<typeof openShop>>;

export async function openShop() {
  const house: TestHouse = await createTestHouse();
  // Two processes on one database: each has a queue and a memory of its own.
  const processOf = (): LoyaltyPlatform => ({ ...house.platform, rules: createRulesLibrary(), inTurn: createInTurn() });
  const [platform, other] = [processOf(), processOf()];
  const tenant: Tenant = await createCompany(platform, {
    name: 'Кафе',
    language: 'ru',
    currency: 'RUB',
    timeZone: 'Europe/Moscow',
    country: 'RU',
    demo: false,
  });
  const rules = {
    timeZone: 'Europe/Moscow',
    levels: [{ id: 'base', name: 'Базовый', fromTurnover: 0, rateBasisPoints: 500 }],
    spendLimits: { maxPercentBasisPoints: 3000 },
  };
  const programmeId = await createProgramme(platform, tenant, { name: 'Баллы', kind: BONUS_PROGRAMME, rules });
  await createGroup(tenant, { groupId: 3, programmeId, name: 'Самостоятельно', template: { welcome: false } });
  let counter = 0;
  const next = (): number => {
    counter += 1;
    return counter;
  };

  async function newAccount(points = 0n): Promise<number> {
    const opened = await openAccount(platform, tenant, {
      groupId: 3,
      profile: {
        firstName: 'Анна',
        lastName: '',
        middleName: '',
        birthday: null,
        sex: null,
        email: null,
        language: 'ru',
      },
      identifiers: [{ kind: 'phone', value: String(79_120_000_000 + next()), main: true, verifiedAt: null }],
    });
    if (!opened.ok) throw new Error(opened.refusal.code);
    if (points > 0n) await refillAccount(platform, tenant, { accountId: opened.value.accountId, amount: points });
    return opened.value.accountId;
  }

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

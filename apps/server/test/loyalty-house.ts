import {
  adjustAccount,
  BONUS_PROGRAMME,
  createGroup,
  createProgramme,
  createRulesLibrary,
  type LoyaltyPlatform,
  openAccount,
} from '../src/features/loyalty/index.ts';
import { createCompany } from '../src/features/tenancy/index.ts';
import type { Tenant } from '../src/platform/database/index.ts';
import { createInTurn } from '../src/platform/in-turn.ts';
import { createTestHouse, type TestHouse } from './platform.ts';

/** A company with one programme, without HTTP and jobs. */
export type LoyaltyHouse = {
  house: TestHouse;
  platform: LoyaltyPlatform;
  /** The same database as another process sees it: with a queue and a library of rules of its own. */
  other: LoyaltyPlatform;
  tenant: Tenant;
  newAccount(points?: bigint): Promise<number>;
};

let phones = 79_140_000_000;

export async function createLoyaltyHouse(rules: Record<string, unknown>): Promise<LoyaltyHouse> {
  const house = await createTestHouse();
  const process = (): LoyaltyPlatform => ({ ...house.platform, rules: createRulesLibrary(), inTurn: createInTurn() });
  const [platform, other] = [process(), process()];
  const place = { language: 'ru', currency: 'RUB', timeZone: 'Europe/Moscow', country: 'RU' } as const;
  const tenant = await createCompany(platform, { name: 'Кафе', ...place, demo: false });
  const programmeId = await createProgramme(platform, tenant, { name: 'Баллы', kind: BONUS_PROGRAMME, rules });
  await createGroup(tenant, { groupId: 1, programmeId, name: 'Все', template: { welcome: false } });
  return {
    house,
    platform,
    other,
    tenant,
    async newAccount(points = 0n) {
      phones += 1;
      const guest = { firstName: 'Анна', lastName: '', middleName: '', birthday: null, sex: null, email: null };
      const opened = await openAccount(platform, tenant, {
        groupId: 1,
        profile: { ...guest, language: 'ru' },
        identifiers: [{ kind: 'phone', value: String(phones), main: true, verifiedAt: null }],
      });
      if (!opened.ok) throw new Error(opened.refusal.code);
      const { accountId } = opened.value;
      const call = { accountId, source: 'test', externalId: null };
      if (points > 0n) await adjustAccount(platform, tenant, call, { kind: 'refill', amount: points });
      return accountId;
    },
  };
}

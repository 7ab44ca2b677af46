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
import type { Platform } from '../src/platform/context.ts';
import type { Tenant } from '../src/platform/database/index.ts';
import { createInTurn } from '../src/platform/in-turn.ts';
import { createTestHouse, type TestHouse } from './platform.ts';

/** A process on the database, with a queue and a library of rules of its own. */
export const processOn = ({ platform }: Pick<TestHouse, 'platform'>): LoyaltyPlatform => ({
  ...platform,
  rules: createRulesLibrary(),
  inTurn: createInTurn(),
});

/** A company in Moscow with nothing in it. */
export const newCompany = (platform: Platform, name = 'Кафе'): Promise<Tenant> =>
  createCompany(platform, {
    name,
    language: 'ru',
    currency: 'RUB',
    timeZone: 'Europe/Moscow',
    country: 'RU',
    demo: false,
  });

/** A bonus programme with a group of guests; answers its number. */
export async function addProgramme(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  rules: object,
  { groupId = 3, welcome = false } = {},
): Promise<number> {
  const programmeId = await createProgramme(platform, tenant, {
    name: 'Баллы',
    kind: BONUS_PROGRAMME,
    rules: { ...rules },
  });
  await createGroup(tenant, { groupId, programmeId, name: 'Гости', template: { welcome } });
  return programmeId;
}

let phones = 79_140_000_000;
type NewGuest = {
  groupId?: number;
  firstName?: string;
  birthday?: string | null;
  phone?: string;
  points?: bigint;
  lifetimeDays?: number;
};

/** A guest with a phone of his own, and an account that holds `points`. */
export async function openGuest(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  { groupId = 3, firstName = 'Анна', birthday = null, phone, points = 0n, lifetimeDays }: NewGuest = {},
): Promise<{ accountId: number; guestId: number; phone: string }> {
  phones += 1;
  const value = phone ?? String(phones);
  const opened = await openAccount(platform, tenant, {
    groupId,
    profile: { firstName, lastName: '', middleName: '', birthday, sex: null, email: null, language: 'ru' },
    identifiers: [{ kind: 'phone', value, main: true, verifiedAt: null }],
  });
  if (!opened.ok) throw new Error(opened.refusal.code);
  const { accountId, guestId } = opened.value;
  const call = { accountId, source: 'test', externalId: null };
  if (points > 0n) await adjustAccount(platform, tenant, call, { kind: 'refill', amount: points, lifetimeDays });
  return { accountId, guestId, phone: value };
}

/** A company with one programme, without HTTP and jobs. */
export type LoyaltyHouse = {
  house: TestHouse;
  platform: LoyaltyPlatform;
  /** The same database as another process sees it. */
  other: LoyaltyPlatform;
  tenant: Tenant;
  programmeId: number;
  newAccount(points?: bigint): Promise<number>;
};

export async function createLoyaltyHouse(rules: object): Promise<LoyaltyHouse> {
  const house = await createTestHouse();
  const [platform, other] = [processOn(house), processOn(house)];
  const tenant = await newCompany(platform);
  const programmeId = await addProgramme(platform, tenant, rules);
  const newAccount = async (points = 0n) => (await openGuest(platform, tenant, { points })).accountId;
  return { house, platform, other, tenant, programmeId, newAccount };
}

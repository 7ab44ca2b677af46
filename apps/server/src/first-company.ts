import { BONUS_PROGRAMME, createGroup, createProgramme } from './features/loyalty/index.ts';
import { addUser } from './features/staff/index.ts';
import { addVenue, createCompany } from './features/tenancy/index.ts';
import type { Platform } from './platform/context.ts';
import type { Tenant } from './platform/database/index.ts';

/** A plain beginning for a company of one's own: 3 % back, points live a year, half a check may be paid with them. */
const firstRules = {
  timeZone: 'Europe/Moscow',
  levels: [
    { id: 'bronze', name: 'Бронза', fromTurnover: 0, rateBasisPoints: 300 },
    { id: 'silver', name: 'Серебро', fromTurnover: 3_000_000, rateBasisPoints: 500 },
    { id: 'gold', name: 'Золото', fromTurnover: 10_000_000, rateBasisPoints: 700 },
  ],
  spendLimits: { maxPercentBasisPoints: 5_000, step: 100 },
};

/** Sets up the first company of an installation that is no demo, and its owner. */
export async function setUpCompany(platform: Platform, owner: { email: string; password: string }): Promise<Tenant> {
  const tenant = await createCompany(platform, {
    name: 'Моя компания',
    language: 'ru',
    currency: 'RUB',
    timeZone: 'Europe/Moscow',
    country: 'RU',
    demo: false,
  });
  await addUser(platform, tenant, { ...owner, name: 'Владелец', role: 'owner' });
  await addVenue(tenant, { code: 1, name: 'Моё заведение' });
  const programme = { name: 'Баллы', kind: BONUS_PROGRAMME, rules: firstRules };
  const programmeId = await createProgramme(platform, tenant, programme);
  await createGroup(tenant, {
    groupId: 3,
    programmeId,
    name: 'Самостоятельно зарегистрировавшиеся',
    template: { welcome: false },
  });
  return tenant;
}

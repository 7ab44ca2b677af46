import { refuse, succeed } from '@tessera/contract';
import { rangeOfNumber } from './features/cards/index.ts';
import { normalizePhone } from './features/guests/index.ts';
import { type LoyaltyPlatform, nameLevels, openAccount } from './features/loyalty/index.ts';
import type { Companies } from './features/tenancy/index.ts';
import type { PassNeighbours } from './features/wallet/index.ts';

/** What the pages of cards ask and guests, loyalty and prepared cards know. */
export function passNeighboursOf(platform: LoyaltyPlatform, companies: Companies): PassNeighbours {
  return {
    timeZoneOf: async (tenant) => (await companies.of(tenant)).timeZone,
    levelsOf: (tenant) => nameLevels(platform, tenant),
    rangeOf: rangeOfNumber,
    async openAccount(tenant, { phone: typed, groupId, firstName = '', lastName = '' }) {
      const { country, language } = await companies.of(tenant);
      const phone = normalizePhone(typed, country);
      if (!phone) return refuse('invalid_phone');
      const opened = await openAccount(platform, tenant, {
        groupId,
        profile: { firstName, lastName, middleName: '', birthday: null, sex: null, email: null, language },
        identifiers: [{ kind: 'phone', value: phone, main: true, verifiedAt: null }],
      });
      if (opened.ok) return succeed({ accountId: opened.value.accountId });
      const { code, params } = opened.refusal;
      // The guest is a member already: the card is his.
      return code === 'account_exists' ? succeed({ accountId: Number(params?.accountId) }) : opened;
    },
  };
}

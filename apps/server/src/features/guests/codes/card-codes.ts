import { type Result, refuse, succeed, type TillSettings } from '@tessera/contract';
import type { Platform } from '../../../platform/context.ts';
import { newUuid } from '../../../platform/crypto/index.ts';
import type { Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import { normalizePhone } from '../phones.ts';
import {
  countAccountCodes,
  countLiving,
  deleteOldCodes,
  digitsTaken,
  endCodesOf,
  insertCode,
  lockCodes,
  useByLookup,
  wasCode,
} from './codes.store.ts';
import { companyLimit, stationLimit, tryCode } from './guard-tries.ts';
import { CODES_KEPT_HOURS, hashCode, lookupOf, randomDigits } from './hash-code.ts';
import { type CardPurpose, digitsFor, LIKE_NO_PHONE, readCardCode } from './model.ts';
import { tillSettingsOf } from './settings.ts';

export type CardCode = { digits: string; expiresAt: Temporal.Instant };

/**
 * Makes the code of a virtual card or of a card in a wallet: digits that lead to the account by themselves, once. The code
 * before it, of the same purpose, ends after a moment: a till may be reading it just now.
 * @param country of the company, ISO 3166-1 alpha-2: no code reads like a phone of a guest
 * @returns code_too_often
 */
export async function issueCardCode(
  platform: Platform,
  tenant: Tenant,
  { accountId, purpose, country }: { accountId: number; purpose: CardPurpose; country: string },
): Promise<Result<CardCode>> {
  const settings = await tillSettingsOf(tenant);
  const { card, limits } = settings;
  const now = platform.clock.now();
  const expiresAt = now.add({ minutes: card.lifetimeMinutes });
  return tenant.transaction(async (transaction) => {
    await lockCodes(transaction, 'cards');
    const made = await countAccountCodes(transaction, accountId, now.subtract({ hours: 1 }));
    if (made >= limits.perAccount) return refuse('code_too_often', { seconds: 3_600 });
    await deleteOldCodes(transaction, now.subtract({ hours: CODES_KEPT_HOURS }));
    await endCodesOf(transaction, { accountId, purpose, at: now.add({ seconds: card.overlapSeconds }) });
    const digits = await drawDigits(platform, transaction, await countLiving(transaction, now), settings, country);
    const codeId = newUuid(platform.random);
    await insertCode(transaction, {
      codeId,
      purpose,
      phone: null,
      accountId,
      asker: null,
      codeHash: hashCode(platform.vault, codeId, digits),
      lookup: lookupOf(platform.vault, tenant.companyId, digits),
      digits: digits.length,
      tries: 1,
      address: null,
      createdAt: now,
      expiresAt,
    });
    return succeed({ digits, expiresAt });
  });
}

const SAMPLE = 16;

/**
 * No 0 in front: a till that takes a code for a number would drop it. Nor what reads as a phone of the country, since tills
 * ask for phones first; where too many numbers of a length do, a longer one is taken.
 */
async function drawDigits(
  platform: Platform,
  transaction: TenantTransaction,
  living: ReadonlyMap<number, number>,
  settings: TillSettings,
  country: string,
): Promise<string> {
  for (let { digits } = settings.card; ; digits += 1) {
    const length = digitsFor(living, { ...settings, card: { ...settings.card, digits } });
    const drawn = Array.from({ length: SAMPLE }, () => drawOne(platform, length));
    const good = drawn.filter((one) => normalizePhone(one, country) === null);
    if (good.length < SAMPLE * LIKE_NO_PHONE) continue;
    for (const one of good) {
      const lookup = lookupOf(platform.vault, transaction.companyId, one);
      if (!(await digitsTaken(transaction, { lookup, digits: one }))) return one;
    }
  }
}

function drawOne({ random }: Pick<Platform, 'random'>, length: number): string {
  for (;;) {
    const digits = randomDigits(random, length);
    if (!digits.startsWith('0')) return digits;
  }
}

/**
 * Exchanges a code that is found by its digits for the account that it stands for: once, and of two at once one wins.
 * @param text as typed or scanned; spaces and dashes do not count
 * @param asker who tries, e.g. «station:5»
 * @returns code_wrong, code_expired (it was one), codes_wait
 */
export async function exchangeCardCode(
  platform: Platform,
  tenant: Tenant,
  { text, asker }: { text: string; asker: string },
): Promise<Result<{ accountId: number; purpose: CardPurpose }>> {
  const digits = readCardCode(text);
  if (digits === null) return refuse('code_wrong');
  const settings = await tillSettingsOf(tenant);
  const lookup = lookupOf(platform.vault, tenant.companyId, digits);
  return tryCode(
    platform,
    tenant,
    async () => [stationLimit(asker, settings), companyLimit(settings)],
    async (transaction) => {
      const found = await useByLookup(transaction, lookup, platform.clock.now());
      if (found) {
        const { accountId, purpose } = found;
        return { result: succeed({ accountId, purpose: purpose as CardPurpose }), wrong: false };
      }
      const ended = await wasCode(transaction, lookup);
      return { result: refuse(ended ? 'code_expired' : 'code_wrong'), wrong: true };
    },
  );
}

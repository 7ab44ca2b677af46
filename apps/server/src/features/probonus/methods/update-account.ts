import { refuse, succeed } from '@tessera/contract';
import type { Expiry } from '@tessera/loyalty';
import { normalizePhone } from '../../guests/index.ts';
import { type AccountChange, changeAccount, couponsOfAccount } from '../../loyalty/index.ts';
import { Account } from '../answers.ts';
import { describeAccount } from '../read-account.ts';
import { UpdateAccount } from '../shapes.ts';
import { defineMethod } from '../v0.ts';

/** `accounts/update`: what is absent stays; everything that is told happens together, or nothing does. */
export const updateAccount = defineMethod({
  name: 'accounts/update',
  writes: true,
  body: UpdateAccount,
  answer: Account,
  refusals: [
    'invalid_phone',
    'value_invalid',
    'account_not_found',
    'unknown_level',
    'identifier_taken',
    'limit_reached',
    'in_progress',
  ],
  async act({ platform, tenant }, body) {
    const { country } = await platform.companies.of(tenant);
    const phone = body.phone === undefined ? undefined : normalizePhone(body.phone, country);
    if (phone === null) return refuse('invalid_phone');
    if (body.level === undefined && body.levelLastDay !== undefined) return refuse('value_invalid', { field: 'level' });
    const both = body.identifiers?.find((card) => body.removeIdentifiers?.includes(card));
    if (both !== undefined) return refuse('value_invalid', { field: 'removeIdentifiers' });
    const changed = await changeAccount(platform, tenant, body.accountId, toChange(body, phone));
    if (!changed.ok) return changed;
    const { account, guest } = changed.value;
    return succeed(describeAccount(account, guest, await couponsOfAccount(platform, tenant, account.accountId)));
  },
});

const PROFILE = ['lastName', 'firstName', 'middleName', 'birthday', 'sex', 'email'] as const;

function toChange(body: UpdateAccount, phone: string | undefined): AccountChange {
  const { bonusLifetimeDays: days, level } = body;
  return {
    profile: Object.fromEntries(PROFILE.flatMap((name) => (body[name] === undefined ? [] : [[name, body[name]]]))),
    phone,
    addCards: body.identifiers ?? [],
    dropCards: body.removeIdentifiers ?? [],
    rateBasisPoints: body.bonusRate,
    discountBasisPoints: body.discount,
    expiry: typeof days === 'number' ? afterDays(days) : days,
    level: typeof level === 'string' ? { id: level, lastDay: body.levelLastDay ?? null } : level,
    blocked: body.blocked,
  };
}

/** So many days from the moment at which points become usable, the last day whole. */
const afterDays = (length: number): Expiry => ({
  kind: 'period',
  unit: 'days',
  length,
  roundUpTo: 'day',
  countFrom: 'activation',
});

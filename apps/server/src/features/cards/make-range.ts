import {
  CARDS_OF_RANGE_MAX,
  type CardNumbers,
  type NewCardRange,
  type Result,
  refuse,
  succeed,
} from '@tessera/contract';
import type { Platform } from '../../platform/context.ts';
import { isUniqueViolation, type Tenant, type TenantTransaction } from '../../platform/database/index.ts';
import { randomDigits } from '../guests/index.ts';
import { accountGroups } from '../loyalty/index.ts';
import { type CardRange, checkDigitOf, digitsNeeded } from './model.ts';
import { insertNumbers, insertRange, insertSequence, selectRanges, selectTaken } from './store.ts';

const CHUNK = 5_000;

/** One range by its number, or null. */
export const findRange = async (tenant: Tenant, rangeId: number): Promise<CardRange | null> =>
  (await selectRanges(tenant, { rangeId, limit: 1 }))[0] ?? null;

/**
 * Makes a range of cards with its numbers. The same key again answers with the range that it made.
 * @returns group_not_found, group_without_template, card_range_numbers, card_range_full, card_range_guessable,
 *   card_numbers_exist (how many, and the first one), idempotency_mismatch
 */
export async function makeRange(
  platform: Pick<Platform, 'clock' | 'random'>,
  tenant: Tenant,
  wish: NewCardRange,
): Promise<Result<CardRange>> {
  const known = await rangeOfKey(tenant, wish);
  if (known) return known;
  const group = (await accountGroups(tenant)).find(({ groupId }) => groupId === wish.groupId);
  if (!group) return refuse('group_not_found');
  if (!group.template) return refuse('group_without_template');
  const wrong = problemOf(wish.numbers);
  if (wrong) return wrong;
  const { numbers } = wish;
  if (numbers.kind === 'sequence') {
    const taken = await selectTaken(tenant, tenant.companyId, numbers);
    if (taken.count > 0) return refuse('card_numbers_exist', { count: taken.count, first: taken.first });
  }
  try {
    const rangeId = await tenant.transaction(async (transaction) => {
      const now = platform.clock.now();
      const made = await insertRange(transaction, { ...wish, requestKey: wish.operationKey, now });
      await fillRange(platform, transaction, made, numbers);
      return made;
    });
    return succeed((await findRange(tenant, rangeId))!);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    // The twin of this call, or somebody who has just taken one of the numbers.
    return (await rangeOfKey(tenant, wish)) ?? refuse('card_numbers_exist', { count: 1, first: null });
  }
}

async function rangeOfKey(tenant: Tenant, wish: NewCardRange): Promise<Result<CardRange> | null> {
  const [range] = await selectRanges(tenant, { requestKey: wish.operationKey, limit: 1 });
  if (!range) return null;
  const same = range.groupId === wish.groupId && sameNumbers(range.numbers, wish.numbers);
  return same ? succeed(range) : refuse('idempotency_mismatch');
}

const sameNumbers = (left: CardNumbers, right: CardNumbers): boolean =>
  JSON.stringify(Object.entries(left).sort()) === JSON.stringify(Object.entries(right).sort());

function problemOf(numbers: CardNumbers) {
  if (numbers.kind === 'list') return null;
  if (numbers.kind === 'random') {
    const digits = digitsNeeded(numbers.count, numbers.prefix);
    return numbers.digits < digits ? refuse('card_range_guessable', { digits }) : null;
  }
  const [from, to] = [BigInt(numbers.from), BigInt(numbers.to)];
  if (numbers.from.length !== numbers.to.length || to < from) return refuse('card_range_numbers');
  return to - from >= BigInt(CARDS_OF_RANGE_MAX) ? refuse('card_range_full', { limit: CARDS_OF_RANGE_MAX }) : null;
}

async function fillRange(
  platform: Pick<Platform, 'random'>,
  transaction: TenantTransaction,
  rangeId: number,
  numbers: CardNumbers,
): Promise<void> {
  if (numbers.kind === 'list') return;
  if (numbers.kind === 'sequence') return insertSequence(transaction, rangeId, numbers);
  let left = numbers.count;
  while (left > 0) {
    const drawn = Array.from({ length: Math.min(CHUNK, left) }, () => drawNumber(platform, numbers));
    left -= (await insertNumbers(transaction, rangeId, [...new Set(drawn)])).length;
  }
}

function drawNumber({ random }: Pick<Platform, 'random'>, { digits, prefix }: { digits: number; prefix: string }) {
  for (;;) {
    const body = prefix + randomDigits(random, digits - prefix.length - 1);
    if (!body.startsWith('0')) return body + checkDigitOf(body);
  }
}

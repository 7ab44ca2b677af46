import { type Result, refuse, succeed } from '@tessera/contract';
import type { ReturnLine } from '@tessera/loyalty';
import type { Static } from 'typebox';
import type { Tenant } from '../../../platform/database/index.ts';
import { findCheckId, returnPart } from '../../loyalty/index.ts';
import type { ReturnedCheck } from '../answers.ts';
import type { ReturnCheckBody } from '../shapes.ts';
import type { ProbonusPlatform } from '../v0.ts';

const THOUSANDTHS = 1_000;
/** Keys of returns beside those of refills, which are the caller's too. */
const KEY = 'return:';

export const keyOfReturn = (returnGuid: string): string => KEY + returnGuid.toLowerCase();
export const guidOfReturn = (key: string): string => (key.startsWith(KEY) ? key.slice(KEY.length) : key);

/** Whether a part of a check is meant. */
export const isPartial = ({ lines, moneySum }: ReturnCheckBody): boolean =>
  lines !== undefined || moneySum !== undefined;

/**
 * Returns a part of a check, or what remains of it, once for one `returnGuid`.
 * @returns check_not_found; value_invalid for lines that say neither or both of quantity and money; what the return
 *   itself refuses
 */
export async function returnPartOf(
  platform: ProbonusPlatform,
  tenant: Tenant,
  body: ReturnCheckBody,
  returnGuid: string,
): Promise<Result<Static<typeof ReturnedCheck>>> {
  const { lines, moneySum } = body;
  if (lines !== undefined && moneySum !== undefined) return refuse('value_invalid', { field: 'moneySum' });
  const wanted: ReturnLine[] = [];
  for (const line of lines ?? []) {
    const read = readLine(line);
    if (read === null) return refuse('value_invalid', { field: 'lines' });
    wanted.push(read);
  }
  const checkId = await findCheckId(tenant, { source: 'probonus', externalId: body.checkGuid.toLowerCase() });
  if (checkId === null) return refuse('check_not_found');
  const wish = {
    lines: lines === undefined ? undefined : wanted,
    amount: moneySum === undefined ? undefined : BigInt(moneySum),
  };
  const call = { source: 'probonus', returnKey: keyOfReturn(returnGuid) };
  const returned = await returnPart(platform, tenant, checkId, wish, call);
  if (!returned.ok) return returned;
  const { balance, debt, level, clawedBack, pointsBack, moneyBack, whole } = returned.value;
  const told = returned.value.lines.map(({ id, quantityThousandths, money, paidByPoints, earned }) => ({
    id,
    quantity: quantityThousandths / THOUSANDTHS,
    moneySum: money,
    bonusSpentSum: paidByPoints,
    bonusAccruedSum: earned,
  }));
  const sums = { accruedBack: clawedBack, spentBack: pointsBack, moneyBack };
  return succeed({ checkId, balance, debt, level, ...sums, whole, lines: told });
}

type Line = NonNullable<ReturnCheckBody['lines']>[number];

/** So many pieces or so much money, never both; pieces have three decimal places at the most. */
function readLine({ id, quantity, moneySum }: Line): ReturnLine | null {
  if ((quantity === undefined) === (moneySum === undefined)) return null;
  if (quantity === undefined) return { id, amount: BigInt(moneySum!) };
  const quantityThousandths = Math.round(quantity * THOUSANDTHS);
  const exact = Math.abs(quantityThousandths - quantity * THOUSANDTHS) < 1e-6 && quantityThousandths > 0;
  return exact ? { id, quantityThousandths } : null;
}

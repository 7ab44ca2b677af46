import { refuse, succeed } from '@tessera/contract';
import { registerCheck, returnCheck } from '../../loyalty/index.ts';
import { RegisteredCheck, ReturnedCheck } from '../answers.ts';
import { readCheckData } from '../read-check-data.ts';
import { RegisterCheckBody, ReturnCheckBody } from '../shapes.ts';
import { defineMethod, type V0Method } from '../v0.ts';
import { checkById } from './check-by-id.ts';
import { isPartial, returnPartOf } from './return-part.ts';

const register = defineMethod({
  name: 'external/register_check',
  writes: true,
  body: RegisterCheckBody,
  answer: RegisteredCheck,
  refusals: [
    'check_empty',
    'account_not_found',
    'account_blocked',
    'insufficient_points',
    'check_guid_reused',
    'in_progress',
  ],
  async act({ platform, tenant }, body) {
    const { settings } = await platform.companies.of(tenant);
    const onReusedKey = settings.reusedCheckGuid === 'first_answer' ? 'first_answer' : 'check_guid_reused';
    const [money, spend] = [BigInt(body.moneySpentSum), BigInt(body.bonusSpentSum ?? 0)];
    const data = readCheckData(body.checkData, money + spend);
    const sold = await registerCheck(
      platform,
      tenant,
      {
        mode: 'reported',
        accountId: body.accountId,
        source: 'probonus',
        externalId: body.checkGuid.toLowerCase(),
        money,
        spend,
        lines: data?.lines,
        lineNames: data?.names,
        accrual: body.bonusAccruedSum === undefined ? undefined : BigInt(body.bonusAccruedSum),
        discount: BigInt(body.discountSum ?? 0),
        number: body.externalCheck === undefined ? undefined : String(body.externalCheck),
        venueCode: body.restCode,
        stationCode: body.rkUnit,
        details: body.checkData,
      },
      { onReusedKey },
    );
    if (!sold.ok) return sold;
    const { checkId, balance, level, accrued, spent } = sold.value;
    return succeed({ checkId, balance, level, accrued, spent });
  },
});

const giveBack = defineMethod({
  name: 'external/return_check',
  writes: true,
  body: ReturnCheckBody,
  answer: ReturnedCheck,
  refusals: [
    'value_invalid',
    'line_repeated',
    'check_not_found',
    'unknown_line',
    'return_exceeds_sold',
    'nothing_to_return',
    'idempotency_mismatch',
    'in_progress',
  ],
  async act({ platform, tenant }, body) {
    if (body.returnGuid !== undefined) return returnPartOf(platform, tenant, body, body.returnGuid);
    if (isPartial(body)) return refuse('value_invalid', { field: 'returnGuid' });
    const key = { source: 'probonus', externalId: body.checkGuid.toLowerCase() } as const;
    const returned = await returnCheck(platform, tenant, key);
    if (!returned.ok) return returned;
    const { checkId, balance, debt, level, clawedBack, pointsBack, moneyBack } = returned.value;
    return succeed({ checkId, balance, debt, level, accruedBack: clawedBack, spentBack: pointsBack, moneyBack });
  },
});

/** A sale that another system has settled, its way back, and what is known of it. */
export const checkMethods: readonly V0Method[] = [checkById, register, giveBack];

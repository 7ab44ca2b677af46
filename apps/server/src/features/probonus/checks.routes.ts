import type { Http } from '../../platform/http/index.ts';
import { registerCheck, returnCheck } from '../loyalty/index.ts';
import { readCheckData } from './read-check-data.ts';
import { sendV0Refusal } from './refusals.ts';
import { RegisterCheckBody, RegisteredCheck, ReturnCheckBody, ReturnedCheck } from './shapes.ts';
import type { V0 } from './v0.ts';

/** `external/register_check` and `external/return_check`: a sale that another system has settled, and its way back. */
export function checksV0Routes(http: Http, v0: V0): void {
  const { platform } = v0;
  http.post(
    '/api/v0/external/register_check',
    v0.options({ body: RegisterCheckBody, response: RegisteredCheck }),
    async (request, reply) => {
      const tenant = v0.tenantOf(request);
      const body = request.body as RegisterCheckBody;
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
      if (!sold.ok) return sendV0Refusal(request, reply, sold.refusal);
      const { checkId, balance, level, accrued, spent } = sold.value;
      return { checkId, balance, level, accrued, spent };
    },
  );

  http.post(
    '/api/v0/external/return_check',
    v0.options({ body: ReturnCheckBody, response: ReturnedCheck }),
    async (request, reply) => {
      const tenant = v0.tenantOf(request);
      const { checkGuid } = request.body as { checkGuid: string };
      const key = { source: 'probonus', externalId: checkGuid.toLowerCase() } as const;
      const returned = await returnCheck(platform, tenant, key);
      if (!returned.ok) return sendV0Refusal(request, reply, returned.refusal);
      const { checkId, balance, debt, level, clawedBack, pointsBack } = returned.value;
      return { checkId, balance, debt, level, accruedBack: clawedBack, spentBack: pointsBack };
    },
  );
}

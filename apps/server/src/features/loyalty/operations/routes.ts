import { AccountOperation, AccountOperationAnswer, Id, type Result, refuse, Strict, succeed } from '@tessera/contract';
import { type Authorize, type Http, OPEN_TO_PROGRAMS, sendRefusal } from '../../../platform/http/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { type Adjustment, adjustAccount } from './adjust-account.ts';

export type OperationRoutesOptions = { platform: LoyaltyPlatform; authorize: Authorize };

/** The source of every key that came through /api/v1. */
export const API_SOURCE = 'api';

/** POST /api/v1/accounts/:accountId/operations. */
export function operationRoutes(http: Http, { platform, authorize }: OperationRoutesOptions): void {
  http.post(
    '/api/v1/accounts/:accountId/operations',
    {
      schema: {
        tags: ['accounts'],
        security: OPEN_TO_PROGRAMS,
        params: Strict({ accountId: Id }),
        body: AccountOperation,
        response: { 200: AccountOperationAnswer },
      },
    },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.adjust');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant, userId } = actor.value;
      const adjustment = adjustmentOf(request.body);
      if (!adjustment.ok) return sendRefusal(request, reply, adjustment.refusal) as never;
      const { externalId, comment } = request.body;
      const call = { accountId: request.params.accountId, source: API_SOURCE, externalId, comment, userId };
      const adjusted = await adjustAccount(platform, tenant, call, adjustment.value);
      return adjusted.ok ? adjusted.value : (sendRefusal(request, reply, adjusted.refusal) as never);
    },
  );
}

/** Fields that a kind knows nothing of are refused: whoever sends them expects something else to happen. */
const fieldsOf: Record<AccountOperation['kind'], readonly (keyof AccountOperation)[]> = {
  refill: ['amount', 'lifetimeDays', 'wallet', 'reason'],
  deduct: ['amount', 'allowDebt', 'wallet'],
  block: [],
  unblock: [],
};

function adjustmentOf(body: AccountOperation): Result<Adjustment> {
  const { kind, amount, lifetimeDays, allowDebt, wallet, reason } = body;
  const foreign = (['amount', 'lifetimeDays', 'allowDebt', 'wallet', 'reason'] as const).find(
    (field) => body[field] !== undefined && !fieldsOf[kind].includes(field),
  );
  if (foreign) return refuse('value_invalid', { field: foreign, value: String(body[foreign]) });
  if (kind === 'block' || kind === 'unblock') return succeed({ kind });
  if (amount === undefined) return refuse('value_invalid', { field: 'amount', value: '' });
  return succeed(
    kind === 'refill'
      ? { kind, amount: BigInt(amount), lifetimeDays, wallet, reason }
      : { kind, amount: BigInt(amount), allowDebt, wallet },
  );
}

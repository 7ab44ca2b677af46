import { errors, type Refusal } from '@tessera/contract';
import type { RefusalPresenter, Reply, Request } from '../../platform/http/index.ts';

/**
 * How this API refuses: flat, a stable `code`, a sentence, and for a used key the first operation. A known phone is 400,
 * as the vendor's own client expects it.
 */
export function sendV0Refusal(request: Request, reply: Reply, { code, params = {} }: Refusal) {
  const body = { code, message: request.t(`errors:${code}`, params), retryable: errors[code].retryable };
  const { accountId } = params;
  const details =
    code === 'check_guid_reused' ? { first: { ...params } } : accountId === undefined ? {} : { accountId };
  return reply.code(errors[code].status).send({ ...body, ...details });
}

/** The same for what is refused before a route is reached: a wrong body, a wrong content type. */
export const presentV0Refusal: RefusalPresenter = (request, reply, refusal, fields) => {
  const message = request.t(`errors:${refusal.code}`, refusal.params);
  const { status, retryable } = errors[refusal.code];
  return reply.code(status).send({ code: refusal.code, message, retryable, ...(fields ? { fields } : {}) });
};

/**
 * The same for a writing call that may carry no key (`accounts/refill`): without one, after a defect or an overload it
 * may have been written or not, and «send it again» would give the points twice.
 */
export const presentKeylessRefusal: RefusalPresenter = (request, reply, refusal, fields) => {
  const keyed = (request.body as { externalId?: unknown } | undefined)?.externalId !== undefined;
  const uncertain = !keyed && (refusal.code === 'internal' || refusal.code === 'unavailable');
  return presentV0Refusal(request, reply, uncertain ? { code: 'outcome_unknown' } : refusal, fields);
};

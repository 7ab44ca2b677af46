import { type ErrorCode, errors, type Refusal } from '@tessera/contract';
import type { RefusalPresenter, Reply, Request } from '../../platform/http/index.ts';
import type { Translate } from '../../platform/texts.ts';

/** Codes that say: this key was used for something else, and here is for what. */
const USED_KEYS: ReadonlySet<ErrorCode> = new Set(['check_guid_reused', 'idempotency_mismatch']);

/**
 * What this API says when it refuses: flat, a stable `code`, a sentence, and for a used key the first operation. A known
 * phone is 400, as the vendor's own client expects it.
 */
export function refusalBody({ code, params = {} }: Refusal, t: Translate) {
  const body = { code, message: t(`errors:${code}`, params), retryable: errors[code].retryable };
  const { accountId } = params;
  const details = USED_KEYS.has(code) ? { first: { ...params } } : accountId === undefined ? {} : { accountId };
  return { ...body, ...details };
}

export const sendV0Refusal = (request: Request, reply: Reply, refusal: Refusal) =>
  reply.code(errors[refusal.code].status).send(refusalBody(refusal, request.t));

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
export const presentKeylessRefusal =
  (key: string): RefusalPresenter =>
  (request, reply, refusal, fields) => {
    const keyed = (request.body as Record<string, unknown> | undefined)?.[key] !== undefined;
    const uncertain = !keyed && (refusal.code === 'internal' || refusal.code === 'unavailable');
    return presentV0Refusal(request, reply, uncertain ? { code: 'outcome_unknown' } : refusal, fields);
  };

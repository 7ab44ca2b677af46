import type { Refusal } from '@tessera/contract';
import { ProgrammeParams } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import { type Authorize, errorBody, type Reply, type Request, sendRefusal } from '../../../platform/http/index.ts';
import type { Companies } from '../../tenancy/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import type { RulesCheck } from './check-rules.ts';
import type { WithCheck } from './make-programme.ts';
import { tellProblems } from './tell-change.ts';
import type { Telling } from './telling.ts';

export type ProgrammeRoutesOptions = { platform: LoyaltyPlatform; companies: Companies; authorize: Authorize };

export { ProgrammeParams };
export const tags = ['programmes'];
export const AT = '/api/v1/programmes/:programmeId';

export const instantOf = (text: string | undefined): Temporal.Instant | null =>
  text === undefined ? null : Temporal.Instant.from(text);

export async function tellingOf(
  { platform, companies }: ProgrammeRoutesOptions,
  tenant: Tenant,
  request: Request,
): Promise<Telling> {
  const { currency, timeZone } = await companies.of(tenant);
  return { t: request.t, language: request.language, currency, timeZone, now: platform.clock.now() };
}

/** A refusal of rules says each thing that is wrong, and where. */
function refuseRules(request: Request, reply: Reply, refusal: Refusal, check: RulesCheck, telling: Telling): never {
  const fields = tellProblems(check, telling)
    .filter(({ severity }) => severity === 'error')
    .map(({ path, text }) => ({ path, message: text }));
  return reply.code(409).send(errorBody(refusal, request.t, fields)) as never;
}

/** The value of a use case, or its refusal sent. */
export async function answer<T>(
  options: ProgrammeRoutesOptions,
  tenant: Tenant,
  { request, reply }: { request: Request; reply: Reply },
  result: WithCheck<T>,
): Promise<T> {
  if (result.ok) return result.value;
  const { refusal } = result;
  if (!('check' in result)) return sendRefusal(request, reply, refusal) as never;
  return refuseRules(request, reply, refusal, result.check, await tellingOf(options, tenant, request));
}

import type { TSchema } from 'typebox';
import type { Tenant } from '../../platform/database/index.ts';
import type { Reply, Request } from '../../platform/http/index.ts';
import type { LoyaltyPlatform } from '../loyalty/index.ts';
import type { ApiClients } from '../staff/index.ts';
import type { Companies } from '../tenancy/index.ts';
import type { presentV0Refusal } from './refusals.ts';

export type ProbonusPlatform = LoyaltyPlatform & { readonly companies: Companies; readonly apiClients: ApiClients };

/** What the routes of this API share. */
export type V0 = {
  platform: ProbonusPlatform;
  /** The company whose token the request carries. Routes made with `options` are reached with one only. */
  tenantOf: (request: Request) => Tenant;
  options: (shape: { body?: TSchema; response: TSchema }) => {
    schema: { tags: string[]; security: Record<string, string[]>[]; body?: TSchema; response: { 200: TSchema } };
    config: { presentRefusal: typeof presentV0Refusal };
    onRequest: (request: Request, reply: Reply) => Promise<Reply | undefined>;
  };
};

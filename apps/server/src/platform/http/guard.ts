import type { Result } from '@tessera/contract';
import type { FastifyRequest } from 'fastify';
import type { Tenant } from '../database/index.ts';

/** Who acts, and inside which company: what a route knows after `authorize`. */
export type Actor = {
  readonly tenant: Tenant;
  readonly userId: number | null;
  readonly role: string;
};

/**
 * Asks whether this request may do a thing. Given to the routes by compose.ts, made by the staff feature:
 * a session cookie for the console and the till page. Refusals: unauthorized, forbidden, forbidden_origin.
 */
export type Authorize = (request: FastifyRequest, permission: Permission) => Promise<Result<Actor>>;

/** What can be allowed; which role may do what stands in the staff feature's one table. */
export type Permission =
  | 'accounts.read'
  | 'designs.read'
  | 'devices.read'
  | 'credentials.read'
  | 'credentials.write'
  | 'till.sell'
  | 'till.return';

import type { Permission, Result } from '@tessera/contract';

import type { Tenant } from '../database/index.ts';
import type { Request } from './types.ts';

/** Who acts, and inside which company: what a route knows after `authorize`. */
export type Actor = {
  readonly tenant: Tenant;
  readonly userId: number | null;
  readonly role: string;
  /** The paired station that the request comes from; null for the console and for programs. */
  readonly station: { readonly stationId: number; readonly venueCode: number | null } | null;
};

/**
 * Asks whether this request may do a thing. Given to the routes by compose.ts, made by the staff feature:
 * a session cookie for the console and the till page, or an API token for what a program may do.
 * Refusals: unauthorized, forbidden, forbidden_origin.
 */
export type Authorize = (request: Request, permission: Permission) => Promise<Result<Actor>>;

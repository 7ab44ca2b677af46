import type { Tenant } from '../../../platform/database/index.ts';
import type { ExpirySubject } from './expiry-plan.ts';

/** What an owner has to hear of, besides what he sees in the console. Whoever delivers it looks for the address. */
export type OwnerNotice = {
  readonly kind: 'certificate_expiry';
  readonly credentialId: number;
  readonly name: string;
  readonly subject: ExpirySubject;
  readonly notAfter: Temporal.Instant;
  /** Days before the end; 0: it is over. */
  readonly threshold: number;
};

/** Brings a notice to a company's owner. Throws when it has to be tried again. */
export type TellOwner = (tenant: Tenant, notice: OwnerNotice) => Promise<void>;

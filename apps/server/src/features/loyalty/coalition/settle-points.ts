import type { Rules, SaleOutcome, SaleRecord } from '@tessera/loyalty';
import { claimChanges, claimsOf } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import type { CompanionWrite } from '../companions.ts';
import { insertClaims } from './claims.store.ts';
import type { VenueOwner } from './model.ts';
import { noteUnknownVenue, selectVenueOwner } from './partners.store.ts';

/** Whose venue sells: asked only where the rules settle points between partners. */
export async function ownerOfVenue(
  tenant: Tenant,
  rules: Rules,
  venueCode: number | undefined,
): Promise<VenueOwner | null> {
  if (rules.clearing === null || venueCode === undefined) return null;
  return selectVenueOwner(tenant, venueCode);
}

type Written = { checkId: number; accountId: number; venueCode: number | null; now: Temporal.Instant };

/** What a sale owes between partners, and the note that its venue is unknown; nothing outside a coalition. */
export function companionsOfSale(
  outcome: SaleOutcome,
  owner: VenueOwner | null,
  rules: Rules,
  written: Written,
): CompanionWrite[] {
  const { venueCode, now } = written;
  const { sale } = outcome;
  const companions: CompanionWrite[] = [];
  const claims = claimsOf(sale, rules);
  if (claims.length > 0) {
    companions.push(async (transaction) => {
      await insertClaims(transaction, { ...written, operation: 'sale', claims, occurredAt: sale.occurredAt });
      return true;
    });
  }
  if (venueCode !== null && (owner?.known === false || outcome.discount?.venueUnknown)) {
    companions.push(async (transaction) => {
      await noteUnknownVenue(transaction, venueCode, now);
      return true;
    });
  }
  return companions;
}

/** By how much a return changes what is owed; `saleRules` are those that priced the sale. */
export function companionsOfReturn(
  before: SaleRecord,
  after: SaleRecord,
  saleRules: Rules,
  written: Written,
): CompanionWrite[] {
  if (before.partner === undefined) return [];
  const claims = claimChanges(claimsOf(before, saleRules), claimsOf(after, saleRules));
  if (claims.length === 0) return [];
  return [
    async (transaction) => {
      await insertClaims(transaction, { ...written, operation: 'return', claims, occurredAt: written.now });
      return true;
    },
  ];
}

import { BASIS_POINTS, moneyPerPoint } from '../amounts.ts';
import type { LotTerms } from '../lots.ts';
import type { Rules } from '../rules.ts';
import type { SaleRecord } from '../sale-record.ts';
import type { Clearing } from './settings.ts';

/** Whose points these are, and the value at which they were paid for in advance. Absent outside a coalition. */
export type LotOrigin = Pick<LotTerms, 'partner' | 'prepaid'>;

/** One partner owes another money for points. `null` is the pool of the coalition. */
export type Claim = {
  readonly cause: 'redemption' | 'issue';
  readonly debtor: string | null;
  readonly creditor: string | null;
  readonly points: bigint;
  readonly basisPoints: number;
  /** Minor units of money; negative where a return reduces what is owed. */
  readonly amount: bigint;
};

/** The agreed value of a point: of the pair, of the issuer with anybody, or of the coalition. */
export function agreedValue({ values, defaultBasisPoints }: Clearing, issuer: string, redeemer: string | null): number {
  const found =
    values.find((one) => one.issuer === issuer && redeemer !== null && one.redeemer === redeemer) ??
    values.find((one) => one.issuer === issuer && one.redeemer === null);
  return found?.basisPoints ?? defaultBasisPoints;
}

/** What a lot that a partner issues now has to remember. */
export function originAt(partner: string | undefined, { clearing }: Rules): LotOrigin {
  if (partner === undefined) return {};
  if (clearing?.settle !== 'issue') return { partner };
  return { partner, prepaid: agreedValue(clearing, partner, null) };
}

/** The origin of a lot, for a lot that continues it. */
export function originOf({ partner, prepaid }: LotTerms): LotOrigin {
  return { ...(partner === undefined ? {} : { partner }), ...(prepaid === undefined ? {} : { prepaid }) };
}

/**
 * What partners owe each other for one sale as it stands, returns included. Each claim has one floor of its own: a
 * partner's debt does not depend on what others owe. `rules` are those that priced the sale.
 */
export function claimsOf(sale: SaleRecord, rules: Rules): readonly Claim[] {
  const { clearing } = rules;
  if (clearing === null || sale.partner === undefined) return [];
  const claims = new Map<string, Claim>();
  const perPoint = moneyPerPoint(rules);
  const add = (claim: Omit<Claim, 'amount'>): void => {
    if (claim.points === 0n || claim.debtor === claim.creditor) return;
    const points = claim.points + (claims.get(keyOf(claim))?.points ?? 0n);
    const amount = (points * perPoint * BigInt(claim.basisPoints)) / BASIS_POINTS;
    claims.set(keyOf(claim), { ...claim, points, amount });
  };
  for (const { terms, amount, givenBack } of sale.uses) {
    const issuer = terms.partner ?? clearing.giftsBy;
    if (issuer === null) continue;
    const debtor = terms.prepaid === undefined ? issuer : null;
    const basisPoints = terms.prepaid ?? agreedValue(clearing, issuer, sale.partner);
    add({ cause: 'redemption', debtor, creditor: sale.partner, points: amount - givenBack, basisPoints });
  }
  if (clearing.settle === 'issue') {
    const basisPoints = agreedValue(clearing, sale.partner, null);
    add({ cause: 'issue', debtor: sale.partner, creditor: null, points: stillIssued(sale), basisPoints });
  }
  return [...claims.values()];
}

/** Points that a sale brought into the world for good: what could not be taken back has been spent or kept. */
function stillIssued({ earned, returned }: SaleRecord): bigint {
  if (returned === null) return earned;
  const { pending, ownLot, burned, otherLots, debt } = returned.clawback;
  return earned - pending - ownLot - burned - otherLots - debt;
}

/** By how much each claim has changed; nothing stands for what stayed as it was. */
export function claimChanges(before: readonly Claim[], after: readonly Claim[]): readonly Claim[] {
  const now = new Map(after.map((claim) => [keyOf(claim), claim]));
  const was = new Map(before.map((claim) => [keyOf(claim), claim]));
  return [...new Map([...was, ...now])].flatMap(([key, claim]) => {
    const points = (now.get(key)?.points ?? 0n) - (was.get(key)?.points ?? 0n);
    const amount = (now.get(key)?.amount ?? 0n) - (was.get(key)?.amount ?? 0n);
    return points === 0n && amount === 0n ? [] : [{ ...claim, points, amount }];
  });
}

function keyOf({ cause, debtor, creditor, basisPoints }: Omit<Claim, 'amount' | 'points'>): string {
  return JSON.stringify([cause, debtor, creditor, basisPoints]);
}

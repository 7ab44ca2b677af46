import type { BenchCompany } from './set-up.ts';

/** One made-up sale; every fourth guest pays one point. Amounts are kopecks. */
export type BenchSale = {
  readonly accountId: number;
  readonly externalId: string;
  readonly money: number;
  readonly spend: number;
  readonly number: string;
  readonly details: string;
};

export const DETAILS = 'Капучино 250 мл × 2, круассан';

/** The n-th sale: accounts are spread, so that two sales in flight hardly ever meet at one. */
export function nextSale({ firstAccountId, accounts }: BenchCompany, n: number): BenchSale {
  return {
    accountId: firstAccountId + Math.floor(Math.random() * accounts),
    externalId: crypto.randomUUID(),
    money: 10_000 + ((n * 7_919) % 190_000),
    spend: n % 4 === 0 ? 100 : 0,
    number: String(n),
    details: DETAILS,
  };
}

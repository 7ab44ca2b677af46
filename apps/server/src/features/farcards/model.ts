import type { Language } from '@tessera/contract/messages';

/** What a transaction of a package is about (fact sheet of r_keeper, section 2.2). Sums are signed kopecks. */
export const KINDS = { payment: 0, discount: 1, bonus: 2, money: 3 } as const;
type Kind = (typeof KINDS)[keyof typeof KINDS];

/** The sign that a sale writes each kind with; a cancellation writes the other one. */
const SALE_SIGN: Record<Kind, 1n | -1n> = { 0: -1n, 1: -1n, 2: 1n, 3: 1n };

/** One `TransactionsEx` of a package. */
export type CardTransaction = {
  /** Digits of a signed 64-bit number. */
  readonly card: string;
  readonly kind: number;
  readonly sum: bigint;
  readonly restaurant: string;
  readonly unit: string;
  readonly date: string;
  readonly check: string;
};

/** A line of a check, after its discounts. Money in kopecks, quantity in thousandths. */
export type DishLine = {
  readonly id: string;
  readonly itemId: string;
  readonly name: string;
  readonly amount: bigint;
  readonly quantityThousandths: number;
  readonly groups: readonly string[];
};

/** The `CHECK` that comes along: a draft at the lookup, the final one at the commit. */
export type StationCheck = {
  readonly restaurant: string;
  readonly station: string;
  readonly checkGuid: string;
  readonly orderGuid: string;
  readonly number: string;
  readonly closedAt: string;
  readonly lines: readonly DishLine[];
};

/** What a package wants, in one piece. */
export type CardOperation = {
  readonly kind: 'sale' | 'cancel';
  readonly card: string;
  /** The natural key of the check with this card. */
  readonly key: string;
  readonly spend: bigint;
  readonly money: bigint;
  readonly discount: bigint;
  /** Points that the station has credited itself; absent: our rules earn. */
  readonly accrual: bigint | undefined;
};

export type PackageProblem = 'package_empty' | 'package_signs' | 'package_cards' | 'package_kind' | 'package_key';
export type ReadPackage =
  | { readonly ok: true; readonly operation: CardOperation }
  | { readonly ok: false; readonly problem: PackageProblem };

/**
 * Brings the transactions of one check together: all of them are a sale, or all of them its cancellation. One card a
 * check, because several accounts could not be written all or none.
 */
export function readPackage(transactions: readonly CardTransaction[], check: StationCheck | null): ReadPackage {
  const told = transactions.filter(({ sum }) => sum !== 0n);
  const [first] = told;
  if (first === undefined) return { ok: false, problem: 'package_empty' };
  if (told.some(({ kind }) => !(kind in SALE_SIGN))) return { ok: false, problem: 'package_kind' };
  if (told.some(({ card }) => card !== first.card)) return { ok: false, problem: 'package_cards' };
  const isSale = ({ kind, sum }: CardTransaction) => sum > 0n === SALE_SIGN[kind as Kind] > 0n;
  const sale = isSale(first);
  if (told.some((one) => isSale(one) !== sale)) return { ok: false, problem: 'package_signs' };
  const key = keyOf(first, check);
  if (key === null) return { ok: false, problem: 'package_key' };
  const sumOf = (kind: Kind): bigint =>
    told.filter((one) => one.kind === kind).reduce((sum, one) => sum + (one.sum < 0n ? -one.sum : one.sum), 0n);
  return {
    ok: true,
    operation: {
      kind: sale ? 'sale' : 'cancel',
      card: first.card,
      key,
      spend: sumOf(KINDS.payment),
      discount: sumOf(KINDS.discount),
      money: sumOf(KINDS.money),
      accrual: told.some(({ kind }) => kind === KINDS.bonus) ? sumOf(KINDS.bonus) : undefined,
    },
  };
}

/** Restaurant and check GUID; the number of the check in its order, or at its station on its day, where there is none. */
function keyOf(first: CardTransaction, check: StationCheck | null): string | null {
  const restaurant = check?.restaurant || first.restaurant;
  if (check?.checkGuid) return `${restaurant}:${check.checkGuid.toLowerCase()}:${first.card}`;
  if (check?.orderGuid && check.number) {
    return `${restaurant}:${check.orderGuid.toLowerCase()}:${check.number}:${first.card}`;
  }
  if (first.check === '' || first.date === '') return null;
  return `${restaurant}:${first.unit}:${first.date}:${first.check}:${first.card}`;
}

/** Settings of a company's r_keeper. Codes are those of its own reference, not percents. */
export type FarCardsSettings = {
  /** Addresses and networks (CIDR) that may call; empty lets everybody who knows the secret. */
  readonly addresses: readonly string[];
  /** By the id of a level. */
  readonly levels: Readonly<Record<string, { readonly discount?: number; readonly bonus?: number }>>;
  /** Restaurant code of r_keeper → code of a venue here; others keep their own number. */
  readonly restaurants: Readonly<Record<string, number>>;
  /** The language of what stands on screens and slips. */
  readonly language: Language;
};

const CARD_DIGITS = /^[1-9]\d{0,17}$/;

/** The card as text, when it is a number that a station can hold; null for 0, negative and longer ones. */
export const readCard = (text: string): string | null => {
  const digits = text.trim().replace(/^\+/, '');
  return CARD_DIGITS.test(digits) ? digits : null;
};

/** Cuts a text to what a field of the station holds. */
export const fit = (text: string, length: number): string => [...text].slice(0, length).join('');

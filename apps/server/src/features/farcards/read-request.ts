import type { CardTransaction, DishLine, StationCheck } from './model.ts';
import { childOf, childrenOf, parseXml, pathOf, type XmlElement } from './xml.ts';

export type LookupQuery = { card: string; restaurant: string; unit: string; check: StationCheck | null };

const textOf = (element: XmlElement | null, name: string): string => element?.attributes.get(name)?.trim() ?? '';

/** Kopecks as the station writes them: a whole number, signed; null for anything else. */
function kopecksOf(text: string): bigint | null {
  return /^[+-]?\d{1,15}$/.test(text) ? BigInt(text) : null;
}

/** `ROOT > QRY`; null when it is no lookup. */
export function readLookup(text: string): LookupQuery | null {
  const query = childOf(parseXml(text), 'QRY');
  if (query === null || !query.attributes.has('CARD')) return null;
  return {
    card: textOf(query, 'CARD'),
    restaurant: textOf(query, 'RESTAURANT'),
    unit: textOf(query, 'UNITNO'),
    check: readCheck(pathOf(query, 'INPBUF', 'CHECK')),
  };
}

/** `ROOT > QRY Email`: what a cashier has typed or scanned. */
export function readFind(text: string): string | null {
  const query = childOf(parseXml(text), 'QRY');
  return query?.attributes.get('EMAIL')?.trim() ?? null;
}

export type TransactionPackage = { transactions: readonly CardTransaction[]; check: StationCheck | null };

/** `ROOT > Transactions > TransactionsEx`; null when a sum or the shape cannot be read. */
export function readTransactions(text: string): TransactionPackage | null {
  const root = parseXml(text);
  const list = childOf(root, 'TRANSACTIONS');
  if (list === null) return null;
  const rows = childrenOf(list, 'TRANSACTIONSEX');
  const transactions = rows.map((row): CardTransaction | null => {
    const sum = kopecksOf(textOf(row, 'SUMMA'));
    const kind = textOf(row, 'KIND');
    if (sum === null || !/^\d{1,3}$/.test(kind)) return null;
    return {
      card: textOf(row, 'CARD'),
      kind: Number(kind),
      sum,
      restaurant: textOf(row, 'RESTAURANT'),
      unit: textOf(row, 'RKUNI'),
      date: textOf(row, 'RKDATE'),
      check: textOf(row, 'RKCHECK'),
    };
  });
  if (transactions.some((one) => one === null)) return null;
  // The check stands beside the transactions, or in one of them.
  const places = [list, root, ...rows].map((place) => pathOf(place, 'INPBUF', 'CHECK'));
  const check = readCheck(places.find((place) => place !== null) ?? null);
  return { transactions: transactions as CardTransaction[], check };
}

/** The check of `INPBUF` (fact sheet of r_keeper, section 2.4). */
export function readCheck(check: XmlElement | null): StationCheck | null {
  if (check === null) return null;
  const data = childOf(check, 'CHECKDATA');
  return {
    restaurant: textOf(check, 'RESTAURANTCODE'),
    station: textOf(check, 'STATIONCODE'),
    checkGuid: textOf(data, 'CHECKGUID').replace(/[{}]/g, ''),
    orderGuid: textOf(data, 'ORDERGUID').replace(/[{}]/g, ''),
    number: textOf(data, 'CHECKNUM'),
    closedAt: textOf(data, 'CLOSEDATETIME'),
    lines: readLines(data),
  };
}

/** Dishes that cost something; the same position twice keeps both lines apart. */
function readLines(data: XmlElement | null): DishLine[] {
  return childrenOf(childOf(data, 'CHECKLINES'), 'LINE').flatMap((line, index) => {
    const amount = kopecksOf(textOf(line, 'SUM'));
    if (amount === null || amount <= 0n) return [];
    const category = textOf(line, 'CATEG_ID');
    return [
      {
        id: textOf(line, 'UNI') || String(index + 1),
        itemId: textOf(line, 'CODE') || textOf(line, 'ID'),
        name: textOf(line, 'NAME'),
        amount,
        quantityThousandths: thousandthsOf(textOf(line, 'QUANTITY'), textOf(line, 'PRICE'), amount),
        groups: category === '' ? [] : [category],
      },
    ];
  });
}

/**
 * A quantity in thousandths. Versions differ: `1.5` and `1500` are both one and a half; a whole number is taken for
 * thousandths when price and sum say so, or when it could not be pieces.
 */
export function thousandthsOf(quantity: string, price: string, amount: bigint): number {
  const text = quantity.replace(',', '.');
  if (!/^\d{1,9}(\.\d{1,6})?$/.test(text)) return 1000;
  if (text.includes('.')) return Math.max(1, Math.round(Number(text) * 1000));
  const whole = Number(text);
  const each = kopecksOf(price);
  if (whole === 0) return 1000;
  if (each !== null && each > 0n) {
    const asPieces = each * BigInt(whole);
    const asThousandths = asPieces / 1000n;
    const far = (sum: bigint) => (sum > amount ? sum - amount : amount - sum);
    return far(asThousandths) < far(asPieces) ? whole : whole * 1000;
  }
  return whole >= 1000 ? whole : whole * 1000;
}

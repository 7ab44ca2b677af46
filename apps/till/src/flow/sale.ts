import type { TillGuest, TillLine, TillQuoteAnswer } from '@tessera/contract';
import type { Problem } from '../api/problem.ts';
import { type EntryKey, type EntryStyle, type EntryText, fromMinor, press, toMinor } from './amount-entry.ts';
import { type Codes, codesKey, codesOf, NO_CODES } from './codes.ts';
import { sumOfLines } from './lines.ts';
import type { Operation } from './operations.ts';

/** One sale as it is put together: the guest, the sum or the lines, points, codes, a deposit; what to ask the server and what to send. */
export type SpendChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'all' }
  | { readonly kind: 'own'; readonly text: EntryText };

export type Field = 'amount' | 'spend';

/** What was asked; an answer is of use only while it equals what is wanted. */
export interface QuoteQuestion {
  readonly accountId: number;
  readonly amount: number;
  readonly spend: number;
  readonly coupons?: string[];
  readonly certificate?: string;
  readonly lines?: TillLine[];
  readonly deposit?: { wallet: string; amount: number } | undefined;
}

export interface Quoted {
  readonly question: QuoteQuestion;
  readonly answer: TillQuoteAnswer;
}

export interface Sale {
  readonly guest: TillGuest;
  readonly amount: EntryText;
  readonly spend: SpendChoice;
  readonly codes: Codes;
  /** What was bought, where it was entered line by line; the sum is then theirs. */
  readonly lines: readonly TillLine[];
  /** The deposit that pays as much as it can. */
  readonly deposit: string | null;
  readonly field: Field;
  readonly quoted: Quoted | null;
  /** Why the last quote or sale did not come about. */
  readonly problem: Problem | null;
  /** Confirmed before the quote arrived: the sale goes out as soon as it does. Any change takes it back. */
  readonly armed: boolean;
}

/** What changes a sale under way. */
export type SaleAction =
  | { readonly type: 'key'; readonly key: EntryKey; readonly style: EntryStyle }
  | { readonly type: 'amount'; readonly amount: EntryText }
  | { readonly type: 'field'; readonly field: Field }
  | { readonly type: 'spend'; readonly spend: SpendChoice }
  | { readonly type: 'codes'; readonly codes: Codes }
  | { readonly type: 'lines'; readonly lines: readonly TillLine[] }
  | { readonly type: 'deposit'; readonly wallet: string | null }
  | { readonly type: 'quoted'; readonly quoted: Quoted }
  | { readonly type: 'quoteFailed'; readonly question: QuoteQuestion; readonly problem: Problem }
  | { readonly type: 'arm' }
  /** Takes back what a scanner typed into the sum. */
  | { readonly type: 'restore'; readonly amount: EntryText; readonly spend: SpendChoice }
  | { readonly type: 'saleProblem'; readonly problem: Problem }
  /** The guest as he stands after a stamp or a visit. */
  | { readonly type: 'shown'; readonly guest: TillGuest };

export function newSale(guest: TillGuest, amount: EntryText): Sale {
  return {
    guest,
    amount,
    spend: { kind: 'none' },
    codes: NO_CODES,
    lines: [],
    deposit: null,
    field: 'amount',
    quoted: null,
    problem: null,
    armed: false,
  };
}

export const settled = (sale: Sale): Sale => ({ ...sale, armed: false });

export function changeSale(sale: Sale, action: SaleAction, style: EntryStyle): Sale {
  switch (action.type) {
    case 'key':
      return pressKey(sale, action.key, style);
    case 'amount':
      return sale.lines.length > 0 ? sale : { ...settled(sale), amount: action.amount, problem: null };
    case 'lines':
      return {
        ...settled(sale),
        lines: action.lines,
        amount: fromMinor(sumOfLines(action.lines), style),
        problem: null,
      };
    case 'deposit':
      return { ...settled(sale), deposit: action.wallet, problem: null };
    case 'shown':
      return action.guest.accountId === sale.guest.accountId
        ? { ...settled(sale), guest: action.guest, quoted: null }
        : sale;
    case 'field':
      return { ...sale, field: action.field };
    case 'restore':
      return { ...settled(sale), amount: action.amount, spend: action.spend };
    case 'spend':
      return { ...settled(sale), spend: action.spend, problem: null };
    case 'codes':
      return { ...settled(sale), codes: action.codes, problem: null };
    case 'quoted':
      return sameQuestion(action.quoted.question, wantedQuote(sale, style)) || action.quoted.question.spend === 0
        ? { ...sale, quoted: action.quoted, problem: sale.problem?.kind === 'refused' ? sale.problem : null }
        : sale;
    case 'quoteFailed':
      return sameQuestion(action.question, wantedQuote(sale, style))
        ? { ...settled(sale), problem: action.problem }
        : sale;
    case 'saleProblem':
      return { ...settled(sale), problem: action.problem };
    case 'arm':
      return canConfirm(sale, style) ? { ...sale, armed: true } : sale;
  }
}

function pressKey(sale: Sale, key: EntryKey, style: EntryStyle): Sale {
  if (sale.field === 'amount') {
    // The sum of lines is not typed over: it would no longer be theirs.
    if (sale.lines.length > 0) return sale;
    const amount = press(sale.amount, key, style);
    return amount === sale.amount ? sale : { ...settled(sale), amount, problem: null };
  }
  const before = sale.spend.kind === 'own' ? sale.spend.text : '';
  // A digit after «spend all» or after the slider begins a number of one's own; backspace goes on from what stands there.
  const from = sale.spend.kind === 'all' && key === 'back' ? fromMinor(spendWanted(sale, style), style) : before;
  const text = press(from, key, style);
  const spend: SpendChoice = text === '' ? { kind: 'none' } : { kind: 'own', text };
  return { ...settled(sale), spend, problem: null };
}

/** Points the cashier wants spent, minor units; «all» is as many as the last quote allows. */
export function spendWanted(sale: Sale, style: EntryStyle): number {
  if (sale.spend.kind === 'none') return 0;
  if (sale.spend.kind === 'own') return toMinor(sale.spend.text, style);
  return spendMax(sale, style) ?? 0;
}

/** How much may be spent on the sum that stands there now; null while that is not known. */
export function spendMax(sale: Sale, style: EntryStyle): number | null {
  const { quoted } = sale;
  return quoted !== null &&
    quoted.question.amount === toMinor(sale.amount, style) &&
    quoted.question.accountId === sale.guest.accountId &&
    basketKey(quoted.question) === basketKey({ ...codesOf(sale.codes), ...linesOf(sale) })
    ? quoted.answer.spendMax
    : null;
}

/** True when a number of one's own is above what may be spent. */
export function overspends(sale: Sale, style: EntryStyle): boolean {
  const max = spendMax(sale, style);
  return max !== null && sale.spend.kind === 'own' && toMinor(sale.spend.text, style) > max;
}

/**
 * The question to put to the server now, or null when there is nothing to ask. Above the limit, or while the limit is unknown,
 * the question is about spending nothing: its answer tells the limit.
 */
export function wantedQuote(sale: Sale, style: EntryStyle): QuoteQuestion | null {
  const amount = toMinor(sale.amount, style);
  if (amount === 0 || sale.guest.blocked) return null;
  const known = spendMax(sale, style) !== null;
  const spend = known && !overspends(sale, style) ? spendWanted(sale, style) : 0;
  const base = { accountId: sale.guest.accountId, amount, spend, ...codesOf(sale.codes), ...linesOf(sale) };
  const deposit = depositWanted(sale, base);
  return deposit === null ? base : { ...base, deposit };
}

/** What the deposit can pay of this check; null until a quote without it has told, and for nothing. */
function depositWanted(sale: Sale, base: QuoteQuestion): QuoteQuestion['deposit'] | null {
  const { deposit: wallet, quoted } = sale;
  if (wallet === null || quoted === null) return null;
  const { deposit: _paid, ...asked } = quoted.question;
  if (!sameQuestion(asked, base)) return null;
  const amount = quoted.answer.deposits.find((one) => one.wallet === wallet)?.most ?? 0;
  return amount > 0 ? { wallet, amount } : null;
}

const linesOf = ({ lines }: Pick<Sale, 'lines'>): { lines?: TillLine[] } =>
  lines.length === 0 ? {} : { lines: [...lines] };

const basketKey = (question: Parameters<typeof codesKey>[0] & { lines?: readonly TillLine[] }): string =>
  `${codesKey(question)} ${JSON.stringify(question.lines ?? [])}`;

/** The answer to exactly what stands on the screen, or null. */
export function currentQuote(sale: Sale, style: EntryStyle): TillQuoteAnswer | null {
  const wanted = wantedQuote(sale, style);
  return sale.quoted !== null && sameQuestion(sale.quoted.question, wanted) ? sale.quoted.answer : null;
}

export function sameQuestion(one: QuoteQuestion, other: QuoteQuestion | null): boolean {
  return (
    other !== null &&
    one.accountId === other.accountId &&
    one.amount === other.amount &&
    one.spend === other.spend &&
    basketKey(one) === basketKey(other) &&
    one.deposit?.wallet === other.deposit?.wallet &&
    one.deposit?.amount === other.deposit?.amount
  );
}

/** Whether the confirm button means something: there is a sum, the card is not blocked, no more is spent than may be. */
export function canConfirm(sale: Sale, style: EntryStyle): boolean {
  return toMinor(sale.amount, style) > 0 && !sale.guest.blocked && !overspends(sale, style) && !misfits(sale, style);
}

/** Whether a coupon that the sale names gives nothing: it has to be taken off, and the guest hears why. */
export function misfits(sale: Sale, style: EntryStyle): boolean {
  return currentQuote(sale, style)?.coupons?.some(({ message }) => message !== null) ?? false;
}

/** The sale to send: exactly the quote that the cashier sees. Null until that quote is there. */
export function operationFor(sale: Sale, style: EntryStyle, operationKey: string, madeAtMs: number): Operation | null {
  const quote = currentQuote(sale, style);
  if (quote === null || !canConfirm(sale, style)) return null;
  return {
    operationKey,
    accountId: sale.guest.accountId,
    amount: toMinor(sale.amount, style),
    spend: quote.spend,
    ...codesOf(sale.codes),
    ...linesOf(sale),
    ...(sale.quoted?.question.deposit === undefined ? {} : { deposit: sale.quoted.question.deposit }),
    toPay: quote.toPay,
    madeAtMs,
  };
}

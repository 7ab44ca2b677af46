import type { TillGuest, TillQuoteAnswer, TillSaleAnswer } from '@tessera/contract';
import { type Problem, settles } from '../api/problem.ts';
import { type EntryKey, type EntryStyle, type EntryText, fromMinor, press, toMinor } from './amount-entry.ts';
import { type Codes, codesKey, codesOf, NO_CODES } from './codes.ts';
import type { Operation } from './operations.ts';

/**
 * One sale from finding the guest to the next guest, as a pure state machine. Requests are made by whoever holds the state:
 * `wantedQuote` and `operationFor` say which, and answers come back as actions that carry what they answer, so that a late
 * answer to an old question changes nothing. The typed sum stays through every refusal.
 */
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
  readonly field: Field;
  readonly quoted: Quoted | null;
  /** Why the last quote or sale did not come about. */
  readonly problem: Problem | null;
  /** Confirmed before the quote arrived: the sale goes out as soon as it does. Any change takes it back. */
  readonly armed: boolean;
}

export type Flow =
  | {
      readonly step: 'find';
      readonly query: string;
      readonly busy: boolean;
      readonly problem: Problem | null;
      readonly amount: EntryText;
    }
  | { readonly step: 'sale'; readonly sale: Sale; readonly busy: boolean }
  | {
      readonly step: 'sending';
      readonly operation: Operation;
      readonly sale: Sale | null;
      /** An earlier attempt may have gone through. */
      readonly doubt: boolean;
    }
  | { readonly step: 'uncertain'; readonly operation: Operation; readonly sale: Sale | null; readonly problem: Problem }
  | { readonly step: 'done'; readonly answer: TillSaleAnswer; readonly guestName: string };

export type Action =
  | { readonly type: 'query'; readonly query: string }
  | { readonly type: 'find'; readonly query: string }
  | { readonly type: 'found'; readonly query: string; readonly guest: TillGuest }
  | { readonly type: 'notFound'; readonly query: string; readonly problem: Problem }
  /** What was looked for was no guest but a coupon: the search is over without a word. */
  | { readonly type: 'notGuest'; readonly query: string }
  | { readonly type: 'key'; readonly key: EntryKey; readonly style: EntryStyle }
  | { readonly type: 'amount'; readonly amount: EntryText }
  | { readonly type: 'field'; readonly field: Field }
  | { readonly type: 'spend'; readonly spend: SpendChoice }
  | { readonly type: 'codes'; readonly codes: Codes }
  | { readonly type: 'quoted'; readonly quoted: Quoted }
  | { readonly type: 'quoteFailed'; readonly question: QuoteQuestion; readonly problem: Problem }
  | { readonly type: 'arm' }
  | { readonly type: 'send'; readonly operation: Operation }
  | { readonly type: 'retry' }
  | { readonly type: 'resume'; readonly operation: Operation }
  | { readonly type: 'sold'; readonly operationKey: string; readonly answer: TillSaleAnswer }
  | { readonly type: 'failed'; readonly operationKey: string; readonly problem: Problem }
  /** Takes back what a scanner typed into the sum. */
  | { readonly type: 'restore'; readonly amount: EntryText; readonly spend: SpendChoice }
  | { readonly type: 'restyle'; readonly from: EntryStyle; readonly to: EntryStyle }
  | { readonly type: 'saleProblem'; readonly problem: Problem }
  | { readonly type: 'back' }
  | { readonly type: 'next' };

export const start: Extract<Flow, { step: 'find' }> = {
  step: 'find',
  query: '',
  busy: false,
  problem: null,
  amount: '',
};

export function step(flow: Flow, action: Action, style: EntryStyle): Flow {
  switch (action.type) {
    case 'query':
      return flow.step === 'find' ? { ...flow, query: action.query, problem: null, busy: false } : flow;
    case 'find':
      return beginFind(flow, action.query);
    case 'found':
      return takeGuest(flow, action.query, action.guest);
    case 'notFound':
      return missGuest(flow, action.query, action.problem);
    case 'notGuest':
      return endSearch(flow, action.query);
    case 'send':
      return flow.step === 'sale'
        ? { step: 'sending', operation: action.operation, sale: settled(flow.sale), doubt: false }
        : flow;
    case 'retry':
      return flow.step === 'uncertain'
        ? { step: 'sending', operation: flow.operation, sale: flow.sale, doubt: true }
        : flow;
    case 'resume':
      return resume(flow, action.operation);
    case 'sold':
    case 'failed':
      return takeAnswer(flow, action, style);
    case 'restyle':
      return restyle(flow, action.from, action.to);
    case 'back':
      return goBack(flow);
    case 'next':
      return flow.step === 'sending' ? flow : start;
    default:
      if (flow.step !== 'sale') return flow;
      return { ...flow, sale: changeSale(flow.sale, action, style) };
  }
}

function beginFind(flow: Flow, query: string): Flow {
  const asked = query.trim();
  if (asked === '') return flow;
  if (flow.step === 'find') return { ...flow, query: asked, busy: true, problem: null };
  if (flow.step === 'done') return { ...start, query: asked, busy: true };
  // A card scanned while a sum stands there: the sum stays, the guest changes when he is found.
  if (flow.step === 'sale') return { ...flow, busy: true, sale: { ...settled(flow.sale), problem: null } };
  return flow;
}

function takeGuest(flow: Flow, query: string, guest: TillGuest): Flow {
  if (flow.step === 'find')
    return flow.busy && flow.query === query ? { step: 'sale', busy: false, sale: newSale(guest, flow.amount) } : flow;
  if (flow.step === 'sale' && flow.busy) return { step: 'sale', busy: false, sale: newSale(guest, flow.sale.amount) };
  return flow;
}

function missGuest(flow: Flow, query: string, problem: Problem): Flow {
  if (flow.step === 'find') return flow.busy && flow.query === query ? { ...flow, busy: false, problem } : flow;
  if (flow.step === 'sale' && flow.busy) return { ...flow, busy: false, sale: { ...flow.sale, problem } };
  return flow;
}

function endSearch(flow: Flow, query: string): Flow {
  if (flow.step === 'find') return flow.busy && flow.query === query ? { ...flow, busy: false, query: '' } : flow;
  return flow.step === 'sale' && flow.busy ? { ...flow, busy: false } : flow;
}

function newSale(guest: TillGuest, amount: EntryText): Sale {
  return {
    guest,
    amount,
    spend: { kind: 'none' },
    codes: NO_CODES,
    field: 'amount',
    quoted: null,
    problem: null,
    armed: false,
  };
}

const settled = (sale: Sale): Sale => ({ ...sale, armed: false });

type SaleAction = Exclude<
  Action,
  {
    type:
      | 'query'
      | 'find'
      | 'found'
      | 'notFound'
      | 'notGuest'
      | 'send'
      | 'retry'
      | 'resume'
      | 'sold'
      | 'failed'
      | 'restyle'
      | 'back'
      | 'next';
  }
>;

function changeSale(sale: Sale, action: SaleAction, style: EntryStyle): Sale {
  switch (action.type) {
    case 'key':
      return pressKey(sale, action.key, style);
    case 'amount':
      return { ...settled(sale), amount: action.amount, problem: null };
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

/**
 * An unanswered sale goes out again. The guest is kept on the screen only when the sale is his.
 */
function resume(flow: Flow, operation: Operation): Flow {
  if (flow.step === 'sending') return flow;
  const sale = flow.step === 'sale' && flow.sale.guest.accountId === operation.accountId ? settled(flow.sale) : null;
  return { step: 'sending', operation, sale, doubt: true };
}

/** Whether this failure settles the sale as not booked: decided by the server, or refused at the door on the only attempt. */
export function isSettled(problem: Problem, doubt: boolean): boolean {
  return settles(problem) || (!doubt && problem.kind === 'refused');
}

function takeAnswer(flow: Flow, action: Extract<Action, { type: 'sold' | 'failed' }>, style: EntryStyle): Flow {
  if (flow.step !== 'sending' || flow.operation.operationKey !== action.operationKey) return flow;
  const { operation, sale, doubt } = flow;
  if (action.type === 'sold') return { step: 'done', answer: action.answer, guestName: sale?.guest.name ?? '' };
  const { problem } = action;
  if (!isSettled(problem, doubt)) return { step: 'uncertain', operation, sale, problem };
  if (sale !== null) return { step: 'sale', busy: false, sale: { ...settled(sale), quoted: null, problem } };
  // Refused after a reload that lost the guest: the sum waits for him in the find step.
  return { ...start, amount: fromMinor(operation.amount, style), problem };
}

function restyle(flow: Flow, from: EntryStyle, to: EntryStyle): Flow {
  const translate = (text: EntryText) => fromMinor(toMinor(text, from), to);
  if (flow.step === 'find') return { ...flow, amount: translate(flow.amount) };
  if (flow.step !== 'sale') return flow;
  const { sale } = flow;
  const spend: SpendChoice = sale.spend.kind === 'own' ? { kind: 'own', text: translate(sale.spend.text) } : sale.spend;
  return { ...flow, sale: { ...sale, amount: translate(sale.amount), spend } };
}

function goBack(flow: Flow): Flow {
  if (flow.step === 'done') return start;
  if (flow.step !== 'sale') return flow;
  if (flow.sale.field === 'spend') return { ...flow, sale: { ...settled(flow.sale), field: 'amount' } };
  return { ...start, amount: flow.sale.amount };
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
    codesKey(quoted.question) === codesKey(codesOf(sale.codes))
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
  return { accountId: sale.guest.accountId, amount, spend, ...codesOf(sale.codes) };
}

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
    codesKey(one) === codesKey(other)
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
    toPay: quote.toPay,
    madeAtMs,
  };
}

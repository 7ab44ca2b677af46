import type { TillGuest, TillSaleAnswer, TillSearchAnswer } from '@tessera/contract';
import { type Problem, settles } from '../api/problem.ts';
import { type EntryStyle, type EntryText, fromMinor, toMinor } from './amount-entry.ts';
import type { Operation } from './operations.ts';
import { changeSale, newSale, type Sale, type SaleAction, type SpendChoice, settled } from './sale.ts';

export * from './sale.ts';

/**
 * One sale from finding the guest to the next guest, as a pure state machine. Requests are made by whoever holds the state:
 * `wantedQuote` and `operationFor` say which, and answers come back as actions that carry what they answer, so that a late
 * answer to an old question changes nothing. The typed sum stays through every refusal.
 */
export type Flow =
  | {
      readonly step: 'find';
      readonly query: string;
      readonly busy: boolean;
      readonly problem: Problem | null;
      /** Guests of the name that was looked for. */
      readonly choices: TillSearchAnswer | null;
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
  | SaleAction
  | { readonly type: 'query'; readonly query: string }
  | { readonly type: 'find'; readonly query: string }
  | { readonly type: 'found'; readonly query: string; readonly guest: TillGuest }
  | { readonly type: 'notFound'; readonly query: string; readonly problem: Problem }
  /** A name that several guests have: the cashier chooses. */
  | { readonly type: 'named'; readonly query: string; readonly choices: TillSearchAnswer }
  /** What was looked for was no guest but a coupon: the search is over without a word. */
  | { readonly type: 'notGuest'; readonly query: string }
  | { readonly type: 'send'; readonly operation: Operation }
  | { readonly type: 'retry' }
  | { readonly type: 'resume'; readonly operation: Operation }
  | { readonly type: 'sold'; readonly operationKey: string; readonly answer: TillSaleAnswer }
  | { readonly type: 'failed'; readonly operationKey: string; readonly problem: Problem }
  | { readonly type: 'restyle'; readonly from: EntryStyle; readonly to: EntryStyle }
  | { readonly type: 'back' }
  | { readonly type: 'next' };

export const start: Extract<Flow, { step: 'find' }> = {
  step: 'find',
  query: '',
  busy: false,
  problem: null,
  choices: null,
  amount: '',
};

export function step(flow: Flow, action: Action, style: EntryStyle): Flow {
  switch (action.type) {
    case 'query':
      return flow.step === 'find' ? { ...flow, query: action.query, problem: null, choices: null, busy: false } : flow;
    case 'find':
      return beginFind(flow, action.query);
    case 'found':
      return takeGuest(flow, action.query, action.guest);
    case 'notFound':
      return missGuest(flow, action.query, action.problem);
    case 'named':
      return chooseAmong(flow, action.query, action.choices);
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
  if (flow.step === 'find') {
    // One of several is being taken: the others stay in sight until he is here.
    const choices = asked === flow.query ? flow.choices : null;
    return { ...flow, query: asked, busy: true, problem: null, choices };
  }
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

function chooseAmong(flow: Flow, query: string, choices: TillSearchAnswer): Flow {
  if (flow.step === 'find') return flow.busy && flow.query === query ? { ...flow, busy: false, choices } : flow;
  // A name is looked for in the find step only; a sum under way keeps its guest.
  return flow.step === 'sale' && flow.busy ? { ...flow, busy: false } : flow;
}

function endSearch(flow: Flow, query: string): Flow {
  if (flow.step === 'find') return flow.busy && flow.query === query ? { ...flow, busy: false, query: '' } : flow;
  return flow.step === 'sale' && flow.busy ? { ...flow, busy: false } : flow;
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
  if (flow.step === 'find' && flow.choices !== null) return { ...flow, choices: null };
  if (flow.step !== 'sale') return flow;
  if (flow.sale.field === 'spend') return { ...flow, sale: { ...settled(flow.sale), field: 'amount' } };
  return { ...start, amount: flow.sale.amount };
}

import type {
  PairStation,
  PinSignIn,
  QueuedReturn,
  QueuedReturnAnswer,
  QueuedSale,
  QueuedSaleAnswer,
  Session,
  SignIn,
  StationHere,
  TillAuthorise,
  TillAuthorised,
  TillCard,
  TillCodeAnswer,
  TillConfirm,
  TillCoupons,
  TillForms,
  TillGuest,
  TillNewCard,
  TillQuoteAnswer,
  TillRecent,
  TillRedeem,
  TillRedeemAnswer,
  TillReturn,
  TillReturnPart,
  TillReturnWish,
  TillSale,
  TillSaleAnswer,
  TillSaleDetail,
  TillSearchAnswer,
  TillStamp,
  TillStampAnswer,
  TillVisit,
  TillVisitAnswer,
} from '@tessera/contract';
import type { Lang } from '@tessera/look/format.ts';
import type { QuoteQuestion } from '../flow/flow.ts';
import { type Answer, readProblem } from './problem.ts';

/** How long the till waits for an answer, milliseconds: a queue does not wait longer. */
export const ANSWER_WITHIN_MS = 10_000;

export interface TillApi {
  session(): Promise<Answer<Session>>;
  signIn(credentials: SignIn): Promise<Answer<Session>>;
  signOut(): Promise<Answer<unknown>>;
  /** A sale that was kept while there was no network. */
  sendQueuedSale(sale: QueuedSale): Promise<Answer<QueuedSaleAnswer>>;
  sendQueuedReturn(back: QueuedReturn): Promise<Answer<QueuedReturnAnswer>>;
  /** What this device is paired with. */
  station(): Promise<Answer<StationHere>>;
  pair(code: PairStation): Promise<Answer<StationHere>>;
  unpair(): Promise<Answer<unknown>>;
  signInByPin(credentials: PinSignIn): Promise<Answer<Session>>;
  find(query: string): Promise<Answer<TillGuest>>;
  /** Guests by the beginnings of their names. */
  search(name: string): Promise<Answer<TillSearchAnswer>>;
  /** A guest that the till knows already, as he stands now. */
  guest(accountId: number): Promise<Answer<TillGuest>>;
  visit(visit: TillVisit): Promise<Answer<TillVisitAnswer>>;
  stamp(stamp: TillStamp): Promise<Answer<TillStampAnswer>>;
  /** Where a guest without a card registers himself. */
  forms(): Promise<Answer<TillForms>>;
  issueCard(card: TillNewCard): Promise<Answer<TillCard>>;
  /** Sends a PIN to a phone, or to the phone of a guest who is shown. */
  authorise(whom: TillAuthorise): Promise<Answer<TillAuthorised>>;
  confirmPin(confirm: TillConfirm): Promise<Answer<TillGuest>>;
  quote(question: QuoteQuestion): Promise<Answer<TillQuoteAnswer>>;
  sell(sale: TillSale): Promise<Answer<TillSaleAnswer>>;
  /** A guest's own coupons. */
  coupons(accountId: number): Promise<Answer<TillCoupons>>;
  /** What a scanned or typed code is. */
  code(code: string, accountId: number | null): Promise<Answer<TillCodeAnswer>>;
  /** Uses a ticket or a gift without a check. */
  redeem(use: TillRedeem): Promise<Answer<TillRedeemAnswer>>;
  /** The last sales, or those that people know by a number. */
  recent(number: string): Promise<Answer<TillRecent>>;
  sale(checkId: number): Promise<Answer<TillSaleDetail>>;
  previewReturn(checkId: number, wish: TillReturnWish): Promise<Answer<TillReturnPart>>;
  takeBack(checkId: number, what: TillReturn): Promise<Answer<TillReturnPart>>;
}

/** The till's requests, in the reader's language so that refusals come in it. Never throws: a failure is a `Problem`. */
export function tillApi(lang: Lang): TillApi {
  const ask = <T>(method: string, path: string, body?: unknown) => request<T>(lang, method, path, body);
  return {
    session: () => ask('GET', '/session'),
    async signIn(credentials) {
      const entered = await ask<unknown>('POST', '/session', credentials);
      return entered.ok ? ask('GET', '/session') : entered;
    },
    signOut: () => ask('DELETE', '/session'),
    sendQueuedSale: (sale) => ask('POST', '/till/queued-sales', sale),
    sendQueuedReturn: (back) => ask('POST', '/till/queued-returns', back),
    station: () => ask('GET', '/station'),
    pair: (code) => ask('POST', '/station/pair', code),
    unpair: () => ask('DELETE', '/station'),
    signInByPin: (credentials) => ask('POST', '/station/session', credentials),
    find: (query) => ask('POST', '/till/find', { query }),
    search: (name) => ask('POST', '/till/search', { name }),
    guest: (accountId) => ask('GET', `/till/guests/${accountId}`),
    visit: (visit) => ask('POST', '/till/visits', visit),
    stamp: (stamp) => ask('POST', '/till/stamps', stamp),
    forms: () => ask('GET', '/till/forms'),
    issueCard: (card) => ask('POST', '/till/cards', card),
    authorise: (whom) => ask('POST', '/till/authorize', whom),
    confirmPin: (confirm) => ask('POST', '/till/authorize/confirm', confirm),
    quote: (question) => ask('POST', '/till/quote', question),
    sell: (sale) => ask('POST', '/till/sales', sale),
    coupons: (accountId) => ask('GET', `/till/guests/${accountId}/coupons`),
    code: (code, accountId) => ask('POST', '/till/code', { code, ...(accountId === null ? {} : { accountId }) }),
    redeem: (use) => ask('POST', '/till/redeem', use),
    recent: (number) => ask('GET', `/till/sales${number === '' ? '' : `?number=${encodeURIComponent(number)}`}`),
    sale: (checkId) => ask('GET', `/till/sales/${checkId}`),
    previewReturn: (checkId, wish) => ask('POST', `/till/sales/${checkId}/return-preview`, wish),
    takeBack: (checkId, what) => ask('POST', `/till/sales/${checkId}/returns`, what),
  };
}

async function request<T>(lang: Lang, method: string, path: string, body: unknown): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { 'accept-language': lang, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const text = await response.text();
    const value: unknown = text === '' ? null : JSON.parse(text);
    if (!response.ok) return { ok: false, problem: readProblem(response.status, value) };
    // The server answers by the schemas of the contract, which its own serialiser enforces.
    return { ok: true, value: value as T };
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    const code =
      name === 'TimeoutError' || name === 'AbortError' ? 'timeout' : name === 'SyntaxError' ? 'broken' : 'offline';
    return { ok: false, problem: { kind: 'unreachable', code, message: '' } };
  }
}

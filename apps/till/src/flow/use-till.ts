import { useEffect, useReducer, useRef, useState } from 'react';
import type { TillApi } from '../api/client.ts';
import { needsSignIn, type Problem } from '../api/problem.ts';
import { keepDraft, readDraft } from '../device/draft.ts';
import { type Outcome, signal } from '../device/feedback.ts';
import { newOperationKey } from '../device/operation-key.ts';
import type { EntryStyle } from './amount-entry.ts';
import {
  type Action,
  type Flow,
  isSettled,
  operationFor,
  type QuoteQuestion,
  sameQuestion,
  step,
  wantedQuote,
} from './flow.ts';
import { dropOperation, keepOperation, type Operation, pendingOperations } from './operations.ts';
import { type CodeSearch, useCodes } from './use-codes.ts';
import { useFind } from './use-find.ts';

const QUOTE_AFTER_MS = 220;
const ASK_AGAIN_MS = 3_000;
const MOST_ASKS = 40;
/** «in_progress» is the first attempt still running: worth a short wait before the cashier is bothered. */
const BUSY_WAIT_MS = 1_000;
const MOST_BUSY_WAITS = 5;

/** Known before anything is sent: the sale is offered to the queue instead of being in doubt. */
const OFFLINE: Problem = { kind: 'unreachable', code: 'offline', message: '' };

export interface TillSetting {
  readonly api: TillApi;
  readonly companyId: number;
  readonly entry: EntryStyle;
  readonly sound: boolean;
  /** Called when the server no longer knows the session. */
  readonly onSignedOut: () => void;
  readonly cannotKeep: Problem;
  /** Said of a sale that spends while there is no network. */
  readonly cannotSpend: Problem;
}

export interface Till {
  readonly flow: Flow;
  readonly dispatch: (action: Action) => void;
  readonly find: (query: string) => void;
  /** Takes one of several guests of a name. */
  readonly choose: (query: string, accountId: number) => void;
  /** Coupons, certificates, tickets. */
  readonly codes: CodeSearch;
  /** Unanswered sales other than the one on the screen. */
  readonly pending: readonly Operation[];
  readonly resume: () => void;
  /** Forgets the uncertain sale on the screen. */
  readonly forget: () => void;
}

/** Joins the pure flow with the server, the device's memory and its voice. */
export function useTill(setting: TillSetting): Till {
  const { companyId, entry } = setting;
  const entryNow = useRef(entry);
  const [flow, dispatch] = useReducer(
    (state: Flow, action: Action) => step(state, action, action.type === 'restyle' ? action.to : entryNow.current),
    undefined,
    () => begin(companyId, entry),
  );
  const [stored, setStored] = useState(() => pendingOperations(localStorage, companyId));
  useEffect(() => {
    if (entryNow.current === entry) return;
    dispatch({ type: 'restyle', from: entryNow.current, to: entry });
    entryNow.current = entry;
  }, [entry]);
  useEffect(() => keepDraft(sessionStorage, companyId, flow, entry), [flow, companyId, entry]);
  const codes = useCodes(flow, setting, dispatch);
  const { find, choose } = useFind(setting, dispatch, codes.tryAfterFind);
  useQuotes(flow, setting, dispatch);
  useConfirmation(flow, setting, dispatch, setStored);
  useSending(flow, setting, dispatch, setStored);

  const shown = flow.step === 'sending' || flow.step === 'uncertain' ? flow.operation.operationKey : null;
  const pending = stored.filter((one) => one.operationKey !== shown);
  const resume = () => {
    const oldest = pending[0];
    if (oldest !== undefined) dispatch({ type: 'resume', operation: oldest });
  };
  const forget = () => {
    if (shown === null) return;
    setStored(dropOperation(localStorage, companyId, shown));
    dispatch({ type: 'next' });
  };
  return { flow, dispatch, find, choose, codes, pending, resume, forget };
}

/** After a reload: the screen as it was, and an unanswered sale at once goes out again. */
function begin(companyId: number, entry: EntryStyle): Flow {
  const draft = readDraft(sessionStorage, companyId, entry);
  const oldest = pendingOperations(localStorage, companyId)[0];
  if (oldest === undefined) return draft;
  // Another guest's sum that stands there is not thrown away: the unanswered sale waits in its banner.
  const otherSale =
    draft.step === 'sale' && draft.sale.amount !== '' && draft.sale.guest.accountId !== oldest.accountId;
  return otherSale ? draft : step(draft, { type: 'resume', operation: oldest }, entry);
}

/** Asks what the sale would do, a moment after the last key; asks again by itself while the network is away. */
function useQuotes(flow: Flow, setting: TillSetting, dispatch: (action: Action) => void): void {
  const { api, entry, onSignedOut } = setting;
  const sale = flow.step === 'sale' ? flow.sale : null;
  const wanted = sale === null ? null : wantedQuote(sale, entry);
  const there = sale?.quoted != null && sameQuestion(sale.quoted.question, wanted);
  const wantedNow = useRef<QuoteQuestion | null>(null);
  wantedNow.current = wanted;
  const key = JSON.stringify(wanted);
  const needed = wanted !== null && !there;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another key is another question
  useEffect(() => {
    const question = wantedNow.current;
    if (!needed || question === null) return;
    let over = false;
    let asks = 0;
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      asks += 1;
      const answer = await api.quote(question);
      if (over) return;
      if (answer.ok) return dispatch({ type: 'quoted', quoted: { question, answer: answer.value } });
      if (needsSignIn(answer.problem)) onSignedOut();
      dispatch({ type: 'quoteFailed', question, problem: answer.problem });
      if (answer.problem.kind === 'unreachable' && asks < MOST_ASKS) timer = setTimeout(ask, ASK_AGAIN_MS);
    };
    timer = setTimeout(ask, QUOTE_AFTER_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [needed, key, api, onSignedOut, dispatch]);
}

type SetStored = (operations: readonly Operation[]) => void;

/** A confirmed sale whose quote is there gets its key, the key is kept, and only then the sale goes out. */
function useConfirmation(
  flow: Flow,
  setting: TillSetting,
  dispatch: (action: Action) => void,
  setStored: SetStored,
): void {
  const { companyId, entry, cannotKeep, cannotSpend } = setting;
  useEffect(() => {
    if (flow.step !== 'sale' || flow.busy || !flow.sale.armed) return;
    const operation = operationFor(flow.sale, entry, newOperationKey(crypto), Date.now());
    if (operation === null) return;
    const { spend, coupons, certificate, deposit } = operation;
    const spends = spend > 0 || coupons !== undefined || certificate !== undefined || deposit !== undefined;
    if (!navigator.onLine) return dispatch({ type: 'saleProblem', problem: spends ? cannotSpend : OFFLINE });
    if (!keepOperation(localStorage, companyId, operation))
      return dispatch({ type: 'saleProblem', problem: cannotKeep });
    setStored(pendingOperations(localStorage, companyId));
    dispatch({ type: 'send', operation });
  }, [flow, companyId, entry, cannotKeep, cannotSpend, dispatch, setStored]);
}

function useSending(flow: Flow, setting: TillSetting, dispatch: (action: Action) => void, setStored: SetStored): void {
  const { api, companyId, sound, onSignedOut } = setting;
  const sending = flow.step === 'sending' ? flow : null;
  const latest = useRef({ api, sound, onSignedOut });
  latest.current = { api, sound, onSignedOut };
  const operationKey = sending?.operation.operationKey ?? '';
  const doubt = sending?.doubt ?? false;
  const operationNow = useRef<Operation | null>(null);
  operationNow.current = sending?.operation ?? null;
  useEffect(() => {
    const operation = operationNow.current;
    if (operationKey === '' || operation === null) return;
    void send(latest.current.api, operation).then((answer) => {
      const settled = answer.ok || isSettled(answer.problem, doubt);
      if (settled) setStored(dropOperation(localStorage, companyId, operationKey));
      if (answer.ok) dispatch({ type: 'sold', operationKey, answer: answer.value });
      else dispatch({ type: 'failed', operationKey, problem: answer.problem });
      if (!answer.ok && needsSignIn(answer.problem)) latest.current.onSignedOut();
      const outcome: Outcome = answer.ok ? 'success' : settled ? 'failure' : 'doubt';
      signal(outcome, latest.current.sound);
    });
  }, [operationKey, doubt, companyId, dispatch, setStored]);

  // The network is back: the question answers itself.
  const uncertain = flow.step === 'uncertain';
  useEffect(() => {
    if (!uncertain) return;
    const retry = () => dispatch({ type: 'retry' });
    addEventListener('online', retry);
    return () => removeEventListener('online', retry);
  }, [uncertain, dispatch]);
}

async function send(api: TillApi, operation: Operation): ReturnType<TillApi['sell']> {
  const { operationKey, accountId, amount, spend, coupons, certificate, lines, deposit } = operation;
  const more = {
    ...(coupons ? { coupons: [...coupons] } : {}),
    ...(certificate ? { certificate } : {}),
    ...(lines ? { lines: [...lines] } : {}),
    ...(deposit ? { deposit } : {}),
  };
  for (let waits = 0; ; waits += 1) {
    const answer = await api.sell({ operationKey, accountId, amount, spend, ...more });
    const busy = !answer.ok && answer.problem.kind === 'unreachable' && answer.problem.code === 'busy';
    if (!busy || waits >= MOST_BUSY_WAITS) return answer;
    await new Promise((resolve) => setTimeout(resolve, BUSY_WAIT_MS));
  }
}

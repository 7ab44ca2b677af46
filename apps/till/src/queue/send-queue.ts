import type { TillApi } from '../api/client.ts';
import { needsSignIn, type Problem, settles } from '../api/problem.ts';
import {
  dropQueued,
  keepQueued,
  type Queued,
  type QueuedReturn,
  type QueuedSale,
  type QueuePlace,
  type QueueStore,
  readQueue,
  readQueued,
} from './queue.ts';

/** What came of the oldest item: `sent` lets the next one go, `later` waits for the network, `signIn` for a cashier. */
export type Sent = 'sent' | 'empty' | 'later' | 'signIn';

export interface SendSetting {
  readonly api: Pick<TillApi, 'sendQueuedSale' | 'sendQueuedReturn'>;
  readonly store: QueueStore;
  readonly place: QueuePlace;
  readonly nowMs: () => number;
}

/**
 * Sends the oldest item that waits. That it goes out is written down before it does: whoever takes it back afterwards knows
 * that the server may have it. It leaves the queue only by an answer that settles it; the same key goes out again otherwise.
 */
export async function sendOldest(setting: SendSetting): Promise<Sent> {
  const { store, place } = setting;
  const oldest = readQueue(store, place).find((one) => one.state === 'waiting');
  if (oldest === undefined) return 'empty';
  if (!oldest.attempted && !keepQueued(store, place, { ...oldest, attempted: true })) return 'later';
  const answer = await (oldest.kind === 'sale' ? sendSale(setting, oldest) : sendReturn(setting, oldest));
  if (answer.done === 'gone') {
    dropQueued(store, place, oldest.operationKey);
    // With its return a sale that a manager was to look at is settled too.
    if (oldest.kind === 'return') dropQueued(store, place, oldest.saleKey);
  } else if (answer.done === 'stays') settle(setting, oldest, answer.state, answer.message);
  else return answer.done;
  return 'sent';
}

type Outcome =
  | { readonly done: 'gone' }
  | { readonly done: 'stays'; readonly state: 'kept' | 'refused'; readonly message: string }
  | { readonly done: 'later' | 'signIn' };

async function sendSale({ api, nowMs }: SendSetting, sale: QueuedSale): Promise<Outcome> {
  const answer = await api.sendQueuedSale({
    operationKey: sale.operationKey,
    ...(sale.accountId === null ? { query: sale.query ?? '' } : { accountId: sale.accountId }),
    amount: sale.amount,
    occurredAt: new Date(sale.madeAtMs).toISOString(),
    sentAt: new Date(nowMs()).toISOString(),
  });
  if (!answer.ok) return outcomeOf(answer.problem);
  const { state, message } = answer.value;
  return state === 'kept' ? { done: 'stays', state, message: message ?? '' } : { done: 'gone' };
}

async function sendReturn({ api }: SendSetting, back: QueuedReturn): Promise<Outcome> {
  const answer = await api.sendQueuedReturn({ operationKey: back.operationKey, saleKey: back.saleKey });
  return answer.ok ? { done: 'gone' } : outcomeOf(answer.problem);
}

function outcomeOf(problem: Problem): Outcome {
  if (needsSignIn(problem)) return { done: 'signIn' };
  if (settles(problem)) return { done: 'stays', state: 'refused', message: problem.message };
  return { done: 'later' };
}

/** Writes down how it ended, unless another tab has ended it meanwhile. A sale that is taken back goes with its return. */
function settle({ store, place }: SendSetting, item: Queued, state: 'kept' | 'refused', message: string): void {
  if (readQueued(store, place, item.operationKey) === null) return;
  keepQueued(store, place, { ...item, attempted: true, state, message });
}

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 120_000;

/** How long to wait after so many failures in a row, milliseconds: twice as long each time, up to two minutes. */
export const pauseAfter = (failures: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, failures - 1));

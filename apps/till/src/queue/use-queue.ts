import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { TillApi } from '../api/client.ts';
import { newOperationKey } from '../device/operation-key.ts';
import {
  dropQueued,
  isOfQueue,
  keepQueued,
  type Queued,
  type QueuedSale,
  type QueuePlace,
  readQueue,
  readQueued,
  takeBackQueued,
} from './queue.ts';
import { pauseAfter, sendOldest } from './send-queue.ts';

export interface Queue {
  readonly items: readonly Queued[];
  readonly sending: boolean;
  /** Puts a sale that only earns into the queue; false when the device cannot keep it. */
  readonly add: (sale: Pick<QueuedSale, 'query' | 'accountId' | 'guest' | 'amount'>) => boolean;
  readonly takeBack: (saleKey: string) => void;
  /** Sends now instead of when the pause is over. */
  readonly sendNow: () => void;
  /** Forgets an item that the cashier has read. */
  readonly dismiss: (operationKey: string) => void;
}

/** After this long in the queue a sale goes out: until then it can be taken back as if it had never been. */
const FIRST_AFTER_MS = 3_000;

/** The queue of this till and its sender: one item at a time, by one tab at a time, while somebody is signed in. */
export function useQueue(api: TillApi, { companyId, stationId }: QueuePlace, maySend: boolean): Queue {
  const place = useMemo(() => ({ companyId, stationId }), [companyId, stationId]);
  const [items, setItems] = useState<readonly Queued[]>(() => readQueue(localStorage, place));
  const reread = useCallback(() => setItems(readQueue(localStorage, place)), [place]);
  useEffect(() => {
    reread();
    const onStorage = (event: StorageEvent) => isOfQueue(place, event.key) && reread();
    addEventListener('storage', onStorage);
    return () => removeEventListener('storage', onStorage);
  }, [place, reread]);
  const waiting = items.some((one) => one.state === 'waiting');
  const { sending, sendNow } = useSender(api, place, maySend && waiting, reread);
  return {
    items,
    sending,
    add(sale) {
      const made = { operationKey: newOperationKey(crypto), madeAtMs: Date.now() };
      const facts = { ...made, attempted: false, state: 'waiting', message: '' } as const;
      const kept = keepQueued(localStorage, place, { kind: 'sale', ...sale, ...facts });
      reread();
      return kept;
    },
    takeBack(saleKey) {
      const made = { operationKey: newOperationKey(crypto), madeAtMs: Date.now() };
      // Not while a tab is sending: that it was not sent yet must stay true.
      void alone('wait', async () => takeBackQueued(localStorage, place, saleKey, made)).then(reread);
    },
    sendNow,
    dismiss(operationKey) {
      if (readQueued(localStorage, place, operationKey)?.state === 'waiting') return;
      dropQueued(localStorage, place, operationKey);
      reread();
    },
  };
}

function useSender(api: TillApi, place: QueuePlace, open: boolean, reread: () => void) {
  const [sending, setSending] = useState(false);
  const latest = useRef({ api, reread });
  latest.current = { api, reread };
  const now = useRef<() => void>(() => undefined);
  useEffect(() => {
    if (!open) return;
    let over = false;
    let failures = 0;
    let timer: ReturnType<typeof setTimeout>;
    const run = async () => {
      clearTimeout(timer);
      if (over) return;
      if (!navigator.onLine) return wait(pauseAfter(1));
      setSending(true);
      const sent = await alone('try', () => sendAll(latest.current.api, place, () => over, latest.current.reread));
      if (over) return;
      setSending(false);
      latest.current.reread();
      failures = sent === 'later' ? failures + 1 : 0;
      // Another tab sends, the network is away, or nobody is signed in: look again after a while.
      if (sent !== 'empty') wait(pauseAfter(failures));
    };
    const wait = (milliseconds: number) => {
      timer = setTimeout(() => void run(), milliseconds);
    };
    now.current = () => void run();
    const onOnline = () => void run();
    addEventListener('online', onOnline);
    wait(FIRST_AFTER_MS);
    return () => {
      over = true;
      setSending(false);
      clearTimeout(timer);
      removeEventListener('online', onOnline);
      now.current = () => undefined;
    };
  }, [open, place]);
  return { sending, sendNow: () => now.current() };
}

async function sendAll(api: TillApi, place: QueuePlace, isOver: () => boolean, reread: () => void) {
  for (;;) {
    const sent = await sendOldest({ api, store: localStorage, place, nowMs: Date.now });
    reread();
    if (sent !== 'sent' || isOver()) return sent;
  }
}

/**
 * Runs `work` while no other tab does: `try` gives up at once when one does (null), `wait` waits for it. Without locks (a page
 * by a plain address) two tabs may send the same, which the keys make harmless.
 */
function alone<T>(how: 'try' | 'wait', work: () => Promise<T>): Promise<T | null> {
  if (navigator.locks === undefined) return work();
  const options = { ifAvailable: how === 'try' };
  return navigator.locks.request('tessera.till.queue', options, (lock) => (lock === null ? null : work()));
}

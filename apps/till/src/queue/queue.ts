/**
 * What this till could not send: sales that only earn, and returns of such sales. Each has a key of its own, made before the
 * first attempt, and stands under a key of its own in the device's storage, so that two tabs never write over each other.
 * They belong to a company and a station, not to a cashier: they stay when another one signs in.
 */
export interface QueuedSale {
  readonly kind: 'sale';
  readonly operationKey: string;
  /** What was typed or scanned to find the guest; null where he was found before the network went. */
  readonly query: string | null;
  readonly accountId: number | null;
  /** How the list calls the guest. */
  readonly guest: string;
  /** Minor units. */
  readonly amount: number;
  /** When the cashier rang it up, milliseconds since 1970 by the clock of the device. */
  readonly madeAtMs: number;
  /** Whether it was ever sent: then only the server knows whether it counts. */
  readonly attempted: boolean;
  readonly state: QueueState;
  /** Why it is not waiting any more, in words. */
  readonly message: string;
}

export interface QueuedReturn {
  readonly kind: 'return';
  readonly operationKey: string;
  /** The key of the sale that is taken back. */
  readonly saleKey: string;
  readonly guest: string;
  readonly amount: number;
  readonly madeAtMs: number;
  readonly attempted: boolean;
  readonly state: QueueState;
  readonly message: string;
}

/** `waiting`: to be sent. `kept`: a manager has it in his list. `refused`: the server said no; the cashier has to read it. */
export type QueueState = 'waiting' | 'kept' | 'refused';
export type Queued = QueuedSale | QueuedReturn;

/** Whose queue: a device may have served two companies, or moved to another station. */
export interface QueuePlace {
  readonly companyId: number;
  readonly stationId: number | null;
}

/** The part of `Storage` that is needed. */
export type QueueStore = Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>;

/** More than this means that nobody should go on without the network. */
export const MOST_QUEUED = 200;

const prefixOf = ({ companyId, stationId }: QueuePlace) => `tessera.till.queue.${companyId}.${stationId ?? 0}.`;

/** Everything in the queue, oldest first. What is not plainly a part of it is left alone. */
export function readQueue(store: QueueStore, place: QueuePlace): readonly Queued[] {
  const prefix = prefixOf(place);
  const found: Queued[] = [];
  for (let at = 0; at < store.length; at += 1) {
    const key = store.key(at);
    const item = key?.startsWith(prefix) === true ? parse(store.getItem(key)) : null;
    if (item !== null) found.push(item);
  }
  // A return that was asked for in the same millisecond still comes after its sale.
  return found.sort((one, other) => one.madeAtMs - other.madeAtMs || (one.kind === 'sale' ? -1 : 1));
}

export function readQueued(store: QueueStore, place: QueuePlace, operationKey: string): Queued | null {
  return parse(store.getItem(prefixOf(place) + operationKey));
}

/** Keeps an item; false when the device cannot keep it, or the queue is full: then the sale must not be promised. */
export function keepQueued(store: QueueStore, place: QueuePlace, item: Queued): boolean {
  const known = readQueued(store, place, item.operationKey) !== null;
  if (!known && readQueue(store, place).length >= MOST_QUEUED) return false;
  try {
    store.setItem(prefixOf(place) + item.operationKey, JSON.stringify(item));
    return true;
  } catch {
    return false;
  }
}

export const dropQueued = (store: QueueStore, place: QueuePlace, operationKey: string): void =>
  store.removeItem(prefixOf(place) + operationKey);

/** Whether storage event `key` is about this queue: another tab has changed it. */
export const isOfQueue = (place: QueuePlace, key: string | null): boolean =>
  key === null || key.startsWith(prefixOf(place));

/**
 * Takes a queued sale back: one that was never sent is forgotten; of one that was, only the server knows, so that it is sent
 * and its return behind it. Twice is once. False when the return cannot be kept: then nothing has changed.
 */
export function takeBackQueued(
  store: QueueStore,
  place: QueuePlace,
  saleKey: string,
  made: { operationKey: string; madeAtMs: number },
): boolean {
  const sale = readQueued(store, place, saleKey);
  if (sale?.kind !== 'sale') return true;
  if (!sale.attempted) {
    dropQueued(store, place, saleKey);
    return true;
  }
  if (returnOf(readQueue(store, place), saleKey) !== null) return true;
  const { guest, amount } = sale;
  // Behind its sale, also when the clock of the device was put back in between.
  const madeAtMs = Math.max(made.madeAtMs, sale.madeAtMs);
  const { operationKey } = made;
  const facts = { guest, amount, madeAtMs, operationKey, attempted: false, state: 'waiting', message: '' } as const;
  return keepQueued(store, place, { kind: 'return', saleKey, ...facts });
}

/** The return of a sale that stands in the same queue. */
export const returnOf = (queue: readonly Queued[], saleKey: string): QueuedReturn | null =>
  queue.find((one): one is QueuedReturn => one.kind === 'return' && one.saleKey === saleKey) ?? null;

function parse(text: string | null): Queued | null {
  try {
    const one: unknown = JSON.parse(text ?? 'null');
    return typeof one === 'object' && one !== null && isQueued(one as Record<string, unknown>) ? (one as Queued) : null;
  } catch {
    return null;
  }
}

function isQueued(one: Record<string, unknown>): boolean {
  const texts = [one.operationKey, one.guest, one.message];
  const numbers = [one.amount, one.madeAtMs];
  const states: unknown[] = ['waiting', 'kept', 'refused'];
  if (!texts.every((text) => typeof text === 'string') || !numbers.every(Number.isSafeInteger)) return false;
  if (!states.includes(one.state) || typeof one.attempted !== 'boolean') return false;
  if (one.kind === 'return') return typeof one.saleKey === 'string';
  return one.kind === 'sale' && (typeof one.query === 'string' || Number.isSafeInteger(one.accountId));
}

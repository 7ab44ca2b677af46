import type { TillLine } from '@tessera/contract';

/**
 * Sales on their way. The key of an operation is made before the first attempt and kept on the device until the server has
 * answered; whatever happens in between – a lost network, a reload, a flat battery – the same key goes out again, and the
 * server gives its first answer instead of booking twice.
 *
 * Kept without names or phones: a till is a shared device.
 */
export interface Operation {
  readonly operationKey: string;
  readonly accountId: number;
  /** Minor units. */
  readonly amount: number;
  /** Points to spend, minor units. */
  readonly spend: number;
  readonly coupons?: readonly string[];
  readonly certificate?: string;
  readonly lines?: readonly TillLine[];
  readonly deposit?: { readonly wallet: string; readonly amount: number };
  /** What the guest pays by the last quote, minor units. */
  readonly toPay: number;
  /** When the cashier confirmed, milliseconds since 1970. */
  readonly madeAtMs: number;
}

/** The part of `Storage` that is needed; a test gives a map. */
export interface KeyStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** More unanswered sales than this means that nobody should go on selling blindly. */
export const MOST_PENDING = 20;

/** One list per company: a device may serve two. */
const slot = (companyId: number) => `tessera.till.operations.${companyId}`;

/** Unanswered sales of a company, oldest first. What is not plainly an operation is left out. */
export function pendingOperations(store: KeyStore, companyId: number): readonly Operation[] {
  const text = store.getItem(slot(companyId));
  if (text === null) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isOperation).slice(0, MOST_PENDING) : [];
  } catch {
    return [];
  }
}

/**
 * Keeps an operation; must have returned before the first attempt is sent. False when the device cannot keep it (full or
 * forbidden storage, too many unanswered sales): then the sale must not be sent.
 */
export function keepOperation(store: KeyStore, companyId: number, operation: Operation): boolean {
  const others = pendingOperations(store, companyId).filter((one) => one.operationKey !== operation.operationKey);
  if (others.length >= MOST_PENDING) return false;
  try {
    store.setItem(slot(companyId), JSON.stringify([...others, operation]));
    return true;
  } catch {
    return false;
  }
}

/** Forgets an operation: its answer has arrived, or the cashier has decided so. */
export function dropOperation(store: KeyStore, companyId: number, operationKey: string): readonly Operation[] {
  const left = pendingOperations(store, companyId).filter((one) => one.operationKey !== operationKey);
  if (left.length === 0) store.removeItem(slot(companyId));
  else store.setItem(slot(companyId), JSON.stringify(left));
  return left;
}

function isOperation(value: unknown): value is Operation {
  if (typeof value !== 'object' || value === null) return false;
  const one = value as Partial<Record<keyof Operation, unknown>>;
  const amounts = [one.accountId, one.amount, one.spend, one.toPay, one.madeAtMs];
  return typeof one.operationKey === 'string' && one.operationKey !== '' && amounts.every(Number.isSafeInteger);
}

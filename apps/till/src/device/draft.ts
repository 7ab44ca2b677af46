import type { TillGuest, TillLine } from '@tessera/contract';
import type { EntryStyle } from '../flow/amount-entry.ts';
import { type Codes, NO_CODES } from '../flow/codes.ts';
import { type Flow, newSale, type SpendChoice, start } from '../flow/flow.ts';

/**
 * What stands on the screen, kept through a reload. In the session's storage: it dies with the tab, because it names a guest.
 */
const slot = (companyId: number) => `tessera.till.draft.${companyId}`;

interface Draft {
  readonly version: 1;
  readonly entry: EntryStyle;
  readonly query: string;
  readonly amount: string;
  readonly guest: TillGuest | null;
  readonly spend: SpendChoice;
  /** Absent in what an older page has written. */
  readonly codes?: Codes;
  readonly lines?: readonly TillLine[];
  readonly deposit?: string | null;
}

export function keepDraft(store: Storage, companyId: number, flow: Flow, entry: EntryStyle): void {
  const draft = draftOf(flow, entry);
  try {
    if (draft === null) store.removeItem(slot(companyId));
    else store.setItem(slot(companyId), JSON.stringify(draft));
  } catch {
    // Without storage a reload begins anew; nothing else is lost.
  }
}

export function dropDraft(store: Storage, companyId: number): void {
  store.removeItem(slot(companyId));
}

function draftOf(flow: Flow, entry: EntryStyle): Draft | null {
  if (flow.step === 'find')
    return { version: 1, entry, query: flow.query, amount: flow.amount, guest: null, spend: { kind: 'none' } };
  if (flow.step === 'done') return null;
  if (flow.sale === null) return null;
  const { guest, amount, spend, codes, lines, deposit } = flow.sale;
  return { version: 1, entry, query: '', amount, guest, spend, codes, lines, deposit };
}

/** The flow as it stood before the reload; the beginning when nothing usable is kept. */
export function readDraft(store: Storage, companyId: number, entry: EntryStyle): Flow {
  try {
    const draft: unknown = JSON.parse(store.getItem(slot(companyId)) ?? 'null');
    if (!isDraft(draft) || draft.entry !== entry) return start;
    if (draft.guest === null) return { ...start, query: draft.query, amount: draft.amount };
    const { guest, amount, spend, codes = NO_CODES, lines = [], deposit = null } = draft;
    return { step: 'sale', busy: false, sale: { ...newSale(guest, amount), spend, codes, lines, deposit } };
  } catch {
    return start;
  }
}

/** Written by this very page and version, so the outline is proof enough. */
function isDraft(value: unknown): value is Draft {
  return typeof value === 'object' && value !== null && 'version' in value && value.version === 1;
}

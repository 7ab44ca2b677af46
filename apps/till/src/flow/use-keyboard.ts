import { useEffect, useRef } from 'react';
import { type EntryKey, type EntryStyle, fromPasted } from './amount-entry.ts';
import type { Flow, SpendChoice } from './flow.ts';
import type { Till } from './use-till.ts';
import { quietWedge, takeKey } from './wedge.ts';

/** A second Enter of the same push must not act on the screen that the first one opened. */
const ENTER_REST_MS = 400;

interface Keys {
  readonly till: Till;
  readonly entry: EntryStyle;
  /** False while something else is on top: a dialog, the list of sales, the sign-in page. */
  readonly active: boolean;
  readonly onScanned: (code: string) => void;
}

/** The whole till by keyboard: digits, comma, backspace; Enter confirms, Escape goes back; a scanner's burst is a card. */
export function useKeyboard(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  const step = keys.till.flow.step;
  const openedAtMs = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the moment belongs to the step that has just opened
  useEffect(() => {
    openedAtMs.current = performance.now();
  }, [step]);
  useEffect(() => {
    let wedge = quietWedge;
    let before: { amount: string; spend: SpendChoice } | null = null;
    const onKey = (event: KeyboardEvent) => {
      const { till, active, onScanned } = latest.current;
      // The moment of the key, not of this call: a slow device draws late, and a scan must not look like typing.
      const taken = takeKey(wedge, event.key, event.timeStamp);
      wedge = taken.wedge;
      if (taken.began)
        before = till.flow.step === 'sale' ? { amount: till.flow.sale.amount, spend: till.flow.sale.spend } : null;
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (taken.scanned !== null && till.flow.step !== 'find') {
        event.preventDefault();
        if (before !== null) till.dispatch({ type: 'restore', ...before });
        return onScanned(taken.scanned);
      }
      // A sheet on top has keys of its own: its Escape must not lead back, nor its Enter book the sale under it.
      if (!active || document.querySelector('dialog[open]') !== null) return;
      const settledMs = performance.now() - openedAtMs.current;
      act(event, latest.current, !event.repeat && settledMs > ENTER_REST_MS);
    };
    const onPaste = (event: ClipboardEvent) => {
      const { till, entry, active } = latest.current;
      if (!active || till.flow.step !== 'sale' || isTyping(event.target)) return;
      const amount = fromPasted(event.clipboardData?.getData('text') ?? '', entry);
      if (amount !== null) till.dispatch({ type: 'amount', amount });
    };
    addEventListener('keydown', onKey);
    addEventListener('paste', onPaste);
    return () => {
      removeEventListener('keydown', onKey);
      removeEventListener('paste', onPaste);
    };
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type !== 'range';
}

function act(event: KeyboardEvent, { till, entry }: Keys, mayEnter: boolean): void {
  const { flow, dispatch } = till;
  if (event.key === 'Escape') {
    dispatch({ type: 'back' });
  } else if (flow.step === 'find') {
    typeIntoQuery(event);
  } else if (event.key === 'Enter') {
    // A button that a keyboard has walked to keeps its own Enter.
    if (event.target instanceof HTMLButtonElement && event.target.matches(':focus-visible')) return;
    event.preventDefault();
    if (mayEnter) enter(flow, dispatch);
  } else if (flow.step === 'sale') {
    const key = entryKey(event.key);
    if (key === null) return;
    event.preventDefault();
    dispatch({ type: 'key', key, style: entry });
  }
}

function enter(flow: Flow, dispatch: Till['dispatch']): void {
  if (flow.step === 'sale') dispatch({ type: 'arm' });
  else if (flow.step === 'done') dispatch({ type: 'next' });
  else if (flow.step === 'uncertain') dispatch({ type: 'retry' });
}

/** Letters and digits typed anywhere on the find screen belong into its one field. */
function typeIntoQuery(event: KeyboardEvent): void {
  if (event.key.length === 1 && event.key !== ' ') document.querySelector<HTMLInputElement>('[data-query]')?.focus();
}

function entryKey(key: string): EntryKey | null {
  if (/^[0-9]$/.test(key)) return key as EntryKey;
  if (key === ',' || key === '.') return ',';
  if (key === 'Backspace') return 'back';
  return key === 'Delete' ? 'clear' : null;
}

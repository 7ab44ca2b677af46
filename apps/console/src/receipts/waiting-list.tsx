import type { Receipt } from '@tessera/contract';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './receipts.module.css';
import { WaitingReceipt } from './waiting-receipt.tsx';

/** One receipt below another; the arrows go from one to the next, A approves and R rejects the one that has the focus. */
export function WaitingList({ receipts }: { readonly receipts: readonly Receipt[] }) {
  const { t } = useTranslation('receipts');
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (list.current === null || event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
      if (act(list.current, event.code)) event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return (
    <>
      <p className={styles.keys}>{t('keys')}</p>
      <ol ref={list} className={styles.list}>
        {receipts.map((receipt) => (
          <WaitingReceipt key={receipt.receiptId} receipt={receipt} />
        ))}
      </ol>
    </>
  );
}

/** Whether somebody is typing: letters belong to the field then. */
const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select') !== null;

/** What a key does, by its place on the keyboard, so that it is the same key in both alphabets. */
function act(list: HTMLElement, code: string): boolean {
  const cards = [...list.querySelectorAll<HTMLElement>('[data-receipt]')];
  const at = cards.findIndex((card) => card.contains(document.activeElement));
  const press = (name: string): boolean => {
    const button = (cards[at] ?? cards[0])?.querySelector<HTMLElement>(`[data-${name}]`);
    button?.click();
    return button != null;
  };
  if (code === 'KeyA') return press('approve');
  if (code === 'KeyR') return press('reject');
  const step = code === 'ArrowDown' ? 1 : code === 'ArrowUp' ? -1 : 0;
  const next = step === 0 ? undefined : cards[Math.max(0, at + step)];
  next?.querySelector<HTMLElement>('[data-approve], [data-reject]')?.focus();
  return next !== undefined;
}

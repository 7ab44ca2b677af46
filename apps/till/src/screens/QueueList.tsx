import { useState } from 'react';
import { Dialog, SheetHead } from '../parts/Dialog.tsx';
import { type Queued, type QueuedReturn, returnOf } from '../queue/queue.ts';
import type { Queue } from '../queue/use-queue.ts';
import { useReading } from '../texts/reading.tsx';

/** What waits for the network, and what a person has to look at: nothing of it is lost. */
export function QueueList(props: {
  readonly queue: Queue;
  /** Nobody is signed in: it waits for a cashier, not for the network. */
  readonly signedOut: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useReading();
  const { queue, onClose } = props;
  const { items, sending } = queue;
  const waiting = items.some((one) => one.state === 'waiting');
  // A return is told on the row of its sale, as long as that stands here.
  const rows = items.filter((one) => one.kind === 'sale' || !items.some((other) => other.operationKey === one.saleKey));
  return (
    <Dialog label={t('queue.title')} onClose={onClose}>
      <SheetHead onClose={onClose}>
        <h2 className="heading">{t('queue.title')}</h2>
      </SheetHead>
      <p className="hint">{t(rows.length === 0 ? 'queue.empty' : props.signedOut ? 'queue.signIn' : 'queue.hint')}</p>
      <ul className="sale-list">
        {rows.map((item) => (
          <Row
            key={item.operationKey}
            item={item}
            back={item.kind === 'sale' ? returnOf(items, item.operationKey) : item}
            queue={queue}
          />
        ))}
      </ul>
      {waiting && !props.signedOut ? (
        <button type="button" className="button button-main" disabled={sending} onClick={queue.sendNow}>
          {sending ? t('queue.sending') : t('queue.sendNow')}
        </button>
      ) : null}
    </Dialog>
  );
}

function Row(props: { readonly item: Queued; readonly back: QueuedReturn | null; readonly queue: Queue }) {
  const { t, money, moment } = useReading();
  const { item, back, queue } = props;
  const [sure, setSure] = useState(false);
  const problem = item.state === 'refused' || back?.state === 'refused';
  const message = item.message === '' ? (back?.message ?? '') : item.message;
  const state =
    item.state === 'kept'
      ? 'queue.kept'
      : problem
        ? 'queue.refused'
        : back !== null
          ? 'queue.returning'
          : item.attempted
            ? 'queue.doubt'
            : 'queue.waiting';
  return (
    <li className="sale-row queue-row" data-state={item.state}>
      <div className="sale-what">
        <strong>{item.guest}</strong>
        <span className="hint">{moment(item.madeAtMs)}</span>
        <span className={problem || item.state === 'kept' ? 'word word-look' : 'hint'}>{t(state)}</span>
        {message === '' ? null : <span className="queue-message">{message}</span>}
      </div>
      <strong className="sale-amount">{money(item.amount)}</strong>
      {item.state !== 'waiting' || back?.state === 'refused' ? (
        <button
          type="button"
          className="button button-plain"
          onClick={() => {
            queue.dismiss(item.operationKey);
            if (back !== null) queue.dismiss(back.operationKey);
          }}
        >
          {t('queue.dismiss')}
        </button>
      ) : back !== null ? null : sure ? (
        <button type="button" className="button button-bad" onClick={() => queue.takeBack(item.operationKey)}>
          {t('queue.takeBackSure')}
        </button>
      ) : (
        <button type="button" className="button button-plain" onClick={() => setSure(true)}>
          {t('queue.takeBack')}
        </button>
      )}
    </li>
  );
}

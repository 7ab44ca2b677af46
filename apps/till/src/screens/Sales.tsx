import { useCallback, useEffect, useState } from 'react';
import type { TillApi } from '../api/client.ts';
import { needsSignIn, type Problem } from '../api/problem.ts';
import { Notice } from '../parts/Notice.tsx';
import { useReading } from '../texts/reading.tsx';
import { Return } from './Return.tsx';
import type { RecentSale } from './recent-sale.ts';

type Load = { readonly items: readonly RecentSale[] | null; readonly problem: Problem | null };

const SKELETON_AFTER_MS = 300;

/** The last twenty sales of the till, or those of a number; each can be returned, whole or in part. */
export function Sales(props: {
  readonly api: TillApi;
  readonly sound: boolean;
  readonly onBack: () => void;
  readonly onSignedOut: () => void;
}) {
  const { api, onSignedOut } = props;
  const { t, problem } = useReading();
  const [load, setLoad] = useState<Load>({ items: null, problem: null });
  const [slow, setSlow] = useState(false);
  const [returning, setReturning] = useState<RecentSale | null>(null);
  const [number, setNumber] = useState('');
  // What is looked for; the field may already say something else.
  const [wanted, setWanted] = useState('');
  const reload = useCallback(async () => {
    const answer = await api.recent(wanted);
    if (!answer.ok && needsSignIn(answer.problem)) onSignedOut();
    setLoad((before) =>
      answer.ok ? { items: answer.value.items, problem: null } : { ...before, problem: answer.problem },
    );
  }, [api, onSignedOut, wanted]);
  useEffect(() => {
    void reload();
    const timer = setTimeout(() => setSlow(true), SKELETON_AFTER_MS);
    return () => clearTimeout(timer);
  }, [reload]);
  return (
    <div className="screen sales">
      <h1 className="title">{t('sales.title')}</h1>
      <form
        className="row sales-search"
        onSubmit={(event) => {
          event.preventDefault();
          setWanted(number.trim());
        }}
      >
        <div className="query">
          <input
            data-number
            value={number}
            aria-label={t('sales.byNumber')}
            placeholder={t('sales.byNumber')}
            autoComplete="off"
            maxLength={50}
            enterKeyHint="search"
            onChange={(event) => {
              setNumber(event.target.value);
              if (event.target.value === '') setWanted('');
            }}
          />
        </div>
        <button type="submit" className="button button-plain" disabled={number.trim() === ''}>
          {t('find.submit')}
        </button>
      </form>
      {load.problem === null ? null : (
        <>
          <Notice tone="unsure">{load.problem.kind === 'refused' ? problem(load.problem) : t('sales.failed')}</Notice>
          <button type="button" className="button button-plain" onClick={() => void reload()}>
            {t('app.tryAgain')}
          </button>
        </>
      )}
      {load.items === null && load.problem === null && slow ? <Skeleton /> : null}
      {load.items?.length === 0 ? (
        <p className="empty">{wanted === '' ? t('sales.empty') : t('sales.none', { number: wanted })}</p>
      ) : null}
      {load.items === null || load.items.length === 0 ? null : (
        <ul className="sale-list">
          {load.items.map((sale) => (
            <SaleRow key={sale.checkId} sale={sale} onReturn={() => setReturning(sale)} />
          ))}
        </ul>
      )}
      <div className="sticky-act">
        <button type="button" className="button button-main" onClick={props.onBack}>
          {t('sales.toTill')}
        </button>
      </div>
      {returning === null ? null : (
        <Return
          sale={returning}
          api={api}
          sound={props.sound}
          onSignedOut={onSignedOut}
          onClose={() => {
            setReturning(null);
            void reload();
          }}
        />
      )}
    </div>
  );
}

function SaleRow({ sale, onReturn }: { readonly sale: RecentSale; readonly onReturn: () => void }) {
  const { t, money, points, moment } = useReading();
  const name = sale.name === '' ? t('guest.unnamed') : sale.name;
  return (
    <li className="sale-row" data-returned={sale.status === 'returned' ? '' : undefined}>
      <div className="sale-what">
        <strong>{name}</strong>
        <span className="hint">
          {t('sales.number', { number: sale.number })} · {moment(sale.occurredAt)}
          {sale.accrued > 0 ? ` · ${t('sales.accrued', { points: points(sale.accrued) })}` : ''}
          {sale.spent > 0 ? ` · ${t('sales.spent', { points: points(sale.spent) })}` : ''}
        </span>
        {sale.status === 'partly_returned' ? <span className="word word-look">{t('sales.partlyReturned')}</span> : null}
      </div>
      <strong className="sale-amount">{money(sale.amount)}</strong>
      {sale.status === 'returned' ? (
        <span className="sale-returned">{t('sales.returned')}</span>
      ) : (
        <button
          type="button"
          className="button button-plain"
          aria-label={t('sales.returnOf', { name, amount: money(sale.amount) })}
          onClick={onReturn}
        >
          {t('sales.return')}
        </button>
      )}
    </li>
  );
}

function Skeleton() {
  return (
    <div className="skeletons" aria-hidden="true">
      <div />
      <div />
      <div />
      <div />
    </div>
  );
}

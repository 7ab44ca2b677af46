import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { EntryRow } from '@tessera/contract';
import { forGolosText } from '@tessera/look/format.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { entriesQuery } from '../api/queries.ts';
import { useFormat } from '../app/format.ts';
import { Moment } from '../ui/moment.tsx';
import { More } from '../ui/more.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import { byDay } from './by-day.ts';
import styles from './entries.module.css';
import { EntryStory } from './entry-story.tsx';
import { amountIn } from './wallet-amount.ts';

/** The account's story, newest first, told in words and gathered by day. */
export function Entries() {
  const { t } = useTranslation();
  const format = useFormat();
  const { accountId } = useParams({ from: '/rooms/accounts/$accountId' });
  const list = useInfiniteQuery(entriesQuery(accountId));
  if (list.isPending) return <SkeletonRows height={64} />;
  if (list.isError && !list.data) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return <Empty title={t('entries.empty.title')} text={t('entries.empty.text')} />;
  return (
    <>
      {byDay(rows, (row) => format.day(row.occurredAt)).map((day) => (
        <section key={day.rows[0]?.sequence} className={styles.day}>
          <h2 className={styles.dayName}>{day.name}</h2>
          <ol>
            {day.rows.map((row) => (
              <Entry key={row.sequence} row={row} accountId={accountId} />
            ))}
          </ol>
        </section>
      ))}
      <More list={list} />
    </>
  );
}

function Entry({ row, accountId }: { readonly row: EntryRow; readonly accountId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const amount = amountIn(row.wallet, format);
  const tone = row.change > 0 ? styles.gain : row.change < 0 ? styles.loss : styles.still;
  return (
    <li className={styles.entry}>
      <span className={styles.time}>
        <Moment at={row.occurredAt} as="time" />
      </span>
      <div className={styles.told}>
        <p>{forGolosText(row.text)}</p>
        {(row.comment !== '' || row.author !== null) && (
          <p className={styles.note}>{[row.author, row.comment].filter(Boolean).join(': ')}</p>
        )}
        {row.checkId !== null && (
          <Link
            className={styles.check}
            to="/accounts/$accountId/checks"
            params={{ accountId }}
            search={{ check: String(row.checkId) }}
          >
            {t('entries.toCheck')}
          </Link>
        )}
      </div>
      <div className={styles.amounts}>
        <p className={tone}>{`${row.change > 0 ? '+' : ''}${amount(row.change)}`}</p>
        <p className={styles.after}>{t('entries.after', { points: amount(row.balance) })}</p>
      </div>
      <details className={styles.more} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('entries.more')}</summary>
        {open && <EntryStory sequence={row.sequence} />}
      </details>
    </li>
  );
}

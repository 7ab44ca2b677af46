import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ClearingLine } from '@tessera/contract';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { fileAddress, queryString } from '../api/http.ts';
import { useFormat } from '../app/format.ts';
import { Icon } from '../ui/icon.tsx';
import { Mark } from '../ui/mark.tsx';
import { Moment } from '../ui/moment.tsx';
import { More } from '../ui/more.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Failed } from '../ui/states.tsx';
import table from '../ui/table.module.css';
import styles from './coalition.module.css';
import { type Days, linesQuery, type Pair, POOL } from './queries.ts';
import { useName } from './use-name.ts';

type Chosen = { readonly days: Days; readonly pair: Pair };

/** Every check behind the claims between two parties, newest first, in both directions. */
export function ClaimLines({ days, pair }: Chosen) {
  const list = useInfiniteQuery(linesQuery(days, pair));
  const lines = list.data?.pages.flatMap((page) => page.items) ?? [];
  const place = useRef<HTMLElement>(null);
  const { one, other } = pair;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another pair was chosen: its checks come into view.
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [one, other]);
  return (
    <section ref={place} className={styles.block}>
      <Head lines={lines} days={days} pair={pair} />
      {list.isPending && <SkeletonRows height={53} />}
      {list.isError && !list.data && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {lines.length > 0 && <Lines lines={lines} />}
      <More list={list} />
    </section>
  );
}

function Head({ lines, days, pair }: Chosen & { readonly lines: readonly ClearingLine[] }) {
  const { t } = useTranslation('coalition');
  const nameOf = useName();
  const named = (id: string): string => {
    const parties = lines.flatMap(({ debtor, creditor }) => [debtor, creditor]);
    const party = parties.find((one) => (one?.id ?? POOL) === id);
    return party === undefined ? '…' : nameOf(party);
  };
  const names = { one: named(pair.one), other: named(pair.other) };
  return (
    <div className={styles.linesHead}>
      <h2>{t('lines.title', names)}</h2>
      <span>
        <Button
          component="a"
          href={fileAddress(`/clearing/lines.csv${queryString({ ...days, ...pair })}`)}
          variant="subtle"
          leftSection={<Icon name="download" size={18} />}
        >
          {t('download')}
        </Button>
        <Button variant="subtle" renderRoot={(props) => <Link {...props} to="/coalition" search={{ ...days }} />}>
          {t('lines.back')}
        </Button>
      </span>
    </div>
  );
}

function Lines({ lines }: { readonly lines: readonly ClearingLine[] }) {
  const { t } = useTranslation('coalition');
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">{t('lines.check')}</th>
          <th scope="col" className={styles.narrowHidden}>
            {t('lines.when')}
          </th>
          <th scope="col" className={`${table.right} ${styles.narrowHidden}`}>
            {t('lines.points')}
          </th>
          <th scope="col" className={`${table.right} ${styles.narrowHidden}`}>
            {t('lines.value')}
          </th>
          <th scope="col" className={table.right}>
            {t('lines.amount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Line key={line.claimId} line={line} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ line }: { readonly line: ClearingLine }) {
  const { t } = useTranslation('coalition');
  const format = useFormat();
  const nameOf = useName();
  const direction = t('lines.direction', { debtor: nameOf(line.debtor), creditor: nameOf(line.creditor) });
  return (
    <tr>
      <td>
        <Link
          to="/accounts/$accountId/checks"
          params={{ accountId: String(line.accountId) }}
          search={{ check: String(line.checkId) }}
          className={`${table.lead} ${table.cover}`}
        >
          {t('lines.number', { number: line.checkNumber })}
        </Link>{' '}
        {line.operation === 'return' && <Mark tone="warning">{t('lines.return')}</Mark>}
        <span className={styles.lineNote}>
          {line.venue} · {direction} · {t(`lines.${line.cause}`)}
        </span>
      </td>
      <td className={styles.narrowHidden}>
        <Moment at={line.recordedAt} />
      </td>
      <td className={`${table.right} ${styles.narrowHidden}`}>{format.pointsNumber(line.points)}</td>
      <td className={`${table.right} ${styles.narrowHidden}`}>{format.percent(line.basisPoints)}</td>
      <td className={`${table.right} ${line.amount < 0 ? styles.minus : ''}`}>{format.money(line.amount)}</td>
    </tr>
  );
}

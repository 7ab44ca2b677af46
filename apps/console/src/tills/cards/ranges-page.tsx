import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CardRange } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { Mark } from '../../ui/mark.tsx';
import { More } from '../../ui/more.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../../ui/states.tsx';
import table from '../../ui/table.module.css';
import { TillsPage, useMayChange } from '../room.tsx';
import styles from '../tills.module.css';
import { rangesQuery } from './queries.ts';

/** Cards that are numbered beforehand: printed plastic and sheets of QR codes that tills hand out. */
export function RangesPage() {
  const { t } = useTranslation('tills');
  const mayChange = useMayChange();
  const add = (
    <Button component={Link} to="/tills/cards/new" size="md">
      {t('cards.new')}
    </Button>
  );
  return (
    <TillsPage title={t('cards.title')} lead={t('cards.lead')} action={mayChange && add}>
      <Ranges />
    </TillsPage>
  );
}

function Ranges() {
  const { t } = useTranslation('tills');
  const list = useInfiniteQuery(rangesQuery);
  if (list.isPending) return <SkeletonRows rows={4} height={64} />;
  if (list.isError && !list.data) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const ranges = list.data.pages.flatMap(({ items }) => items);
  if (ranges.length === 0) return <Empty title={t('cards.empty.title')} text={t('cards.empty.text')} />;
  return (
    <>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('cards.name')}</th>
            {(['free', 'active', 'blocked'] as const).map((state) => (
              <th key={state} scope="col" className={`${table.right} ${state === 'blocked' ? styles.wide : ''}`}>
                {t(`cards.count.${state}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ranges.map((range) => (
            <Row key={range.rangeId} range={range} />
          ))}
        </tbody>
      </table>
      <More list={list} />
    </>
  );
}

function Row({ range }: { readonly range: CardRange }) {
  const { t } = useTranslation('tills');
  const format = useFormat();
  const { numbers } = range;
  return (
    <tr>
      <td>
        <Link
          to="/tills/cards/$rangeId"
          params={{ rangeId: String(range.rangeId) }}
          className={`${table.lead} ${table.cover}`}
        >
          {range.name}
        </Link>
        <p className={`small quiet ${styles.who}`}>
          {range.group} ·{' '}
          {numbers.kind === 'sequence' ? `${numbers.from} – ${numbers.to}` : t(`cards.of.${numbers.kind}`)}
        </p>
        {range.closed && <Mark tone="quiet">{t('cards.closed')}</Mark>}
      </td>
      {(['free', 'active', 'blocked'] as const).map((state) => (
        <td key={state} className={`${table.right} ${state === 'blocked' ? styles.wide : ''}`}>
          {format.count(range[state])}
        </td>
      ))}
    </tr>
  );
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { More } from '../../ui/more.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../../ui/states.tsx';
import { TillsPage } from '../room.tsx';
import styles from '../tills.module.css';
import { KeptSaleCard } from './kept-sale.tsx';
import { ParkedReturns } from './parked-returns.tsx';
import { keptSalesQuery } from './queries.ts';

/** What tills without a network have sent later and nobody could book: a person decides. */
export function LatePage() {
  const { t } = useTranslation('tills');
  return (
    <TillsPage title={t('late.title')} lead={t('late.lead')} narrow>
      <div className={styles.stack}>
        <KeptSales />
        <ParkedReturns />
      </div>
    </TillsPage>
  );
}

function KeptSales() {
  const { t } = useTranslation('tills');
  const list = useInfiniteQuery(keptSalesQuery);
  if (list.isPending) return <SkeletonRows rows={3} height={120} />;
  if (list.isError && !list.data) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const sales = list.data.pages.flatMap(({ items }) => items);
  if (sales.length === 0) return <Empty title={t('late.empty.title')} text={t('late.empty.text')} />;
  return (
    <div>
      <ul className={styles.list}>
        {sales.map((sale) => (
          <KeptSaleCard key={sale.operationKey} sale={sale} />
        ))}
      </ul>
      <More list={list} />
    </div>
  );
}

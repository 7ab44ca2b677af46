import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { fileAddress, queryString } from '../api/http.ts';
import { useSession } from '../app/company.ts';
import { Icon } from '../ui/icon.tsx';
import { More } from '../ui/more.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import type { Filters } from './filter-names.ts';
import { PassFilters } from './filters.tsx';
import styles from './passes.module.css';
import { PassesTable } from './passes-table.tsx';
import { passesQuery, toFilter } from './queries.ts';

/** Every card that was given out: found by anything that is known of it, and changed one by one or many at once. */
export function PassesPage() {
  const { t } = useTranslation('passes');
  const filters = useSearch({ from: '/rooms/passes/' });
  const add = (
    <Button component={Link} to="/passes/new">
      {t('list.add')}
    </Button>
  );
  return (
    <Page title={t('title')} lead={t('lead')} action={add}>
      <PassFilters filters={filters} />
      <Ways filters={filters} />
      <PassList filters={filters} />
    </Page>
  );
}

function Ways({ filters }: { readonly filters: Filters }) {
  const { t } = useTranslation('passes');
  const { user } = useSession();
  const { state: _, ...forPrint } = filters;
  return (
    <p className={styles.ways}>
      <Link to="/passes/many" search={filters}>
        {t('list.many')}
      </Link>
      <Link to="/passes/print" search={forPrint}>
        {t('list.print')}
      </Link>
      <Link to="/passes/operations">{t('list.operations')}</Link>
      {user.role === 'owner' && (
        <a href={fileAddress(`/exports/passes.csv${queryString(toFilter(filters))}`)}>
          <Icon name="download" size={16} /> {t('list.export')}
        </a>
      )}
    </p>
  );
}

function PassList({ filters }: { readonly filters: Filters }) {
  const { t } = useTranslation('passes');
  const list = useInfiniteQuery(passesQuery(filters));
  if (list.isPending) return <SkeletonRows rows={10} height={53} />;
  if (list.isError && !list.data) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap((page) => page.items);
  if (rows.length > 0) {
    return (
      <>
        {list.data.pages[0]?.more && <p className="quiet">{t('list.tooMany')}</p>}
        <PassesTable rows={rows} stale={list.isPlaceholderData} />
        <More list={list} />
      </>
    );
  }
  if (list.hasNextPage) {
    return (
      <>
        <p className="quiet" role="status">
          {t('list.looking')}
        </p>
        <More list={list} />
      </>
    );
  }
  if (Object.keys(filters).length > 0) return <Empty title={t('list.none.title')} text={t('list.none.text')} />;
  return <Empty title={t('list.empty.title')} text={t('list.empty.text')} />;
}

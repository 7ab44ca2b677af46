import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { More } from '../ui/more.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { DecidedTable } from './decided-table.tsx';
import { receiptsQuery } from './queries.ts';
import { WaitingList } from './waiting-list.tsx';

const STATES = ['waiting', 'approved', 'rejected'] as const;

/** Receipts that guests have sent: those that wait first, one key for each decision. */
export function ReceiptsPage() {
  const { t } = useTranslation('receipts');
  const { state = 'waiting' } = useSearch({ from: '/rooms/receipts/' });
  const action = (
    <Button component={Link} to="/receipts/settings" variant="default">
      {t('toSettings')}
    </Button>
  );
  const tabs = STATES.map((one) => ({
    key: one,
    label: t(`tabs.${one}`),
    search: one === 'waiting' ? {} : { state: one },
    current: state === one,
  }));
  return (
    <Page title={t('title')} lead={t('lead')} action={action}>
      <Tabs to="/receipts" label={t('filter')} tabs={tabs} />
      <List key={state} state={state} />
    </Page>
  );
}

function List({ state }: { readonly state: (typeof STATES)[number] }) {
  const { t } = useTranslation('receipts');
  const list = useInfiniteQuery(receiptsQuery(state));
  if (list.isPending) return <SkeletonRows rows={6} height={120} />;
  if (list.isError && !list.data) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return <Empty title={t(`empty.${state}.title`)} text={t(`empty.${state}.text`)} />;
  return (
    <>
      {state === 'waiting' ? <WaitingList receipts={rows} /> : <DecidedTable receipts={rows} />}
      <More list={list} />
    </>
  );
}

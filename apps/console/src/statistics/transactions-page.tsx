import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { TransactionKind } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { fileAddress, queryString } from '../api/http.ts';
import { FilterBar } from '../ui/filter-bar.tsx';
import { Icon } from '../ui/icon.tsx';
import { More } from '../ui/more.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import table from '../ui/table.module.css';
import { type TransactionSearch, transactionsQuery } from './queries.ts';
import { RoomTabs } from './room-tabs.tsx';
import styles from './statistics.module.css';
import { TransactionsTable } from './transactions-table.tsx';

/** Everything that guests, their phones and the programme have done, the newest first. */
export function TransactionsPage() {
  const { t } = useTranslation('statistics');
  const search = useSearch({ from: '/rooms/statistics/transactions' });
  const download = (
    <Button
      component="a"
      href={fileAddress(`/exports/transactions.csv${queryString(search)}`)}
      variant="default"
      leftSection={<Icon name="download" size={18} />}
    >
      {t('download')}
    </Button>
  );
  return (
    <Page
      title={t('transactions.title')}
      lead={t('transactions.lead')}
      action={download}
      tabs={<RoomTabs here="transactions" />}
    >
      <Filters search={search} />
      <List search={search} />
    </Page>
  );
}

function List({ search }: { readonly search: TransactionSearch }) {
  const { t } = useTranslation('statistics');
  const list = useInfiniteQuery(transactionsQuery(search));
  if (list.isPending) return <SkeletonRows rows={10} height={61} />;
  if (list.isError && !list.data) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap(({ items }) => items);
  if (rows.length === 0 && !list.hasNextPage) {
    return <Empty title={t('transactions.empty.title')} text={t('transactions.empty.text')} />;
  }
  return (
    <div className={list.isPlaceholderData ? table.stale : undefined}>
      <TransactionsTable rows={rows} />
      <More list={list} />
    </div>
  );
}

const kinds: readonly TransactionKind[] = [
  'link_opened',
  'instruction_opened',
  'pass_downloaded',
  'pass_fetched',
  'pdf_downloaded',
  'device_registered',
  'device_unregistered',
  'card_scanned',
  'check_in',
  'bonus',
  'cashback',
  'discount_sale',
  'stamp',
  'deposit',
  'feedback',
  'bill_request',
  'service_request',
  'waiter_call',
];

function Filters({ search }: { readonly search: TransactionSearch }) {
  const { t } = useTranslation('statistics');
  const navigate = useNavigate();
  const show = (next: TransactionSearch) =>
    void navigate({ to: '/statistics/transactions', search: (all) => ({ ...all, ...next }), replace: true });
  const { serial, accountId, formId } = search;
  return (
    <>
      <FilterBar name={t('transactions.filter')}>
        <NativeSelect
          label={t('transactions.kind')}
          value={search.kinds ?? ''}
          onChange={(event) => show({ kinds: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: t('transactions.all') },
            ...kinds.map((value) => ({ value, label: t(`kinds.${value}`) })),
          ]}
        />
        <TextInput
          type="date"
          label={t('period.from')}
          value={search.from ?? ''}
          {...(search.to ? { max: search.to } : {})}
          onChange={(event) => show({ from: event.currentTarget.value || undefined })}
        />
        <TextInput
          type="date"
          label={t('period.to')}
          value={search.to ?? ''}
          {...(search.from ? { min: search.from } : {})}
          onChange={(event) => show({ to: event.currentTarget.value || undefined })}
        />
      </FilterBar>
      {(serial || accountId || formId) && (
        <p className={styles.chosen}>
          {serial
            ? t('transactions.ofCard', { serial })
            : formId
              ? t('transactions.ofForm', { form: formId })
              : t('transactions.ofGuest')}{' '}
          <Link
            to="/statistics/transactions"
            search={(all) => ({ ...all, serial: undefined, accountId: undefined, formId: undefined })}
          >
            {t('chosen.all')}
          </Link>
        </p>
      )}
    </>
  );
}

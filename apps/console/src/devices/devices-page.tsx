import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { devicesQuery } from '../api/queries.ts';
import { More } from '../ui/more.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import { DevicesTable } from './devices-table.tsx';

/** Which phones hold our cards, and whether each shows the newest version. */
export function DevicesPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('devices.title')} lead={t('devices.lead')}>
      <DevicesList />
    </Page>
  );
}

function DevicesList() {
  const { t } = useTranslation();
  const list = useInfiniteQuery(devicesQuery);
  if (list.isPending) return <SkeletonRows rows={10} height={53} />;
  if (list.isError && !list.data) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return <Empty title={t('devices.empty.title')} text={t('devices.empty.text')} />;
  return (
    <>
      <DevicesTable rows={rows} />
      <More list={list} />
    </>
  );
}

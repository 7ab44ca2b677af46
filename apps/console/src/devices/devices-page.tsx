import { NativeSelect } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { designsQuery, devicesQuery } from '../api/queries.ts';
import { FilterBar } from '../ui/filter-bar.tsx';
import { More } from '../ui/more.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import table from '../ui/table.module.css';
import { type DeviceSearch, deviceStates, deviceTypes } from './device-types.ts';
import { DevicesTable } from './devices-table.tsx';

/** What holds our cards, and whether each shows the newest version. The address keeps what is looked for. */
export function DevicesPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/rooms/devices' });
  return (
    <Page title={t('devices.title')} lead={t('devices.lead')}>
      <Filters search={search} />
      <DevicesList search={search} />
    </Page>
  );
}

function Filters({ search }: { readonly search: DeviceSearch }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const designs = useQuery(designsQuery).data?.items ?? [];
  const show = (next: DeviceSearch) => void navigate({ to: '/devices', search: { ...search, ...next }, replace: true });
  return (
    <FilterBar name={t('devices.filter')}>
      <NativeSelect
        label={t('devices.type')}
        value={search.type ?? ''}
        onChange={(event) => show({ type: deviceTypes.find((one) => one === event.currentTarget.value) })}
        data={[
          { value: '', label: t('devices.anyType') },
          ...deviceTypes.map((value) => ({ value, label: t(`devices.platforms.${value}`) })),
        ]}
      />
      <NativeSelect
        label={t('devices.state')}
        value={search.state ?? ''}
        onChange={(event) => show({ state: deviceStates.find((one) => one === event.currentTarget.value) })}
        data={[
          { value: '', label: t('devices.anyState') },
          { value: 'behind', label: t('devices.behind') },
          { value: 'current', label: t('devices.upToDate') },
        ]}
      />
      <NativeSelect
        label={t('devices.design')}
        value={search.designId ?? ''}
        onChange={(event) => show({ designId: event.currentTarget.value || undefined })}
        data={[
          { value: '', label: t('devices.anyDesign') },
          ...designs.map(({ designId, name }) => ({ value: String(designId), label: name })),
        ]}
      />
    </FilterBar>
  );
}

function DevicesList({ search }: { readonly search: DeviceSearch }) {
  const { t } = useTranslation();
  const list = useInfiniteQuery(devicesQuery(search));
  if (list.isPending) return <SkeletonRows rows={10} height={53} />;
  if (list.isError && !list.data) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) {
    const why = search.type || search.state || search.designId ? 'none' : 'empty';
    return <Empty title={t(`devices.${why}.title`)} text={t(`devices.${why}.text`)} />;
  }
  return (
    <div className={list.isPlaceholderData ? table.stale : undefined}>
      <DevicesTable rows={rows} />
      <More list={list} />
    </div>
  );
}

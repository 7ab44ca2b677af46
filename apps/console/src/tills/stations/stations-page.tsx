import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../../ui/states.tsx';
import { TillsPage, useMayChange } from '../room.tsx';
import styles from '../tills.module.css';
import { stationsQuery } from './queries.ts';
import { StationCard } from './station-card.tsx';
import { StationForm } from './station-form.tsx';

/** The tills of our own: which devices they are, where they stand, when they were seen last. */
export function StationsPage() {
  const { t } = useTranslation('tills');
  const mayChange = useMayChange();
  const [adding, setAdding] = useState(false);
  /** The station that was just added: the next step is its device. */
  const [fresh, setFresh] = useState<number | null>(null);
  const list = useQuery(stationsQuery());
  const stations = list.data?.items ?? [];
  const add = (
    <Button size="md" onClick={() => setAdding(true)}>
      {t('station.add')}
    </Button>
  );
  return (
    <TillsPage title={t('stations.title')} lead={t('stations.lead')} action={mayChange && !adding && add} narrow>
      {adding && (
        <div className={styles.card}>
          <h2>{t('station.new')}</h2>
          <StationForm
            station={null}
            onCancel={() => setAdding(false)}
            onDone={(station) => {
              setAdding(false);
              setFresh(station?.stationId ?? null);
            }}
          />
        </div>
      )}
      {list.isPending && <SkeletonRows rows={3} height={96} />}
      {list.isError && !list.data && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && stations.length === 0 && !adding && (
        <Empty
          title={t('stations.empty.title')}
          text={mayChange ? t('stations.empty.text') : t('stations.empty.owner')}
        />
      )}
      <ul className={styles.list}>
        {stations.map((station) => (
          <StationCard key={station.stationId} station={station} pair={station.stationId === fresh} />
        ))}
      </ul>
    </TillsPage>
  );
}

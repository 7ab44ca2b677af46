import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Failed } from '../ui/states.tsx';
import styles from './privacy.module.css';
import { erasureQuery } from './queries.ts';
import { WhatGoes } from './what-goes.tsx';

/** When a guest was erased, why and by whom: all that is left of him. */
export default function ErasedRecord({ guestId }: { readonly guestId: number }) {
  const { t } = useTranslation('privacy');
  const format = useFormat();
  const erasure = useQuery(erasureQuery(guestId));
  if (erasure.isPending) return <SkeletonBlock height={160} />;
  if (erasure.isError) return <Failed error={erasure.error} onRetry={() => void erasure.refetch()} />;
  const { record, goes } = erasure.data;
  if (!record?.finishedAt) return <p>{t('running')}</p>;
  const day = format.day(record.finishedAt);
  return (
    <section className={styles.record}>
      <p>{record.by ? t('doneBy', { day, name: record.by }) : t('done', { day })}</p>
      <p className="small quiet">
        {t('record', { basis: t(`bases.${record.basis}`), day: format.date(record.requestedOn) })}
      </p>
      <h3 className={styles.title}>{t('gone')}</h3>
      <WhatGoes goes={goes} />
    </section>
  );
}

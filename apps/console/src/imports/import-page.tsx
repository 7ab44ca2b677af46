import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { Import } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Failed } from '../ui/states.tsx';
import { ColumnsStep } from './columns-step.tsx';
import styles from './imports.module.css';
import { Checking, Running } from './progress.tsx';
import { importQuery } from './queries.ts';
import { Rejects } from './rejects.tsx';
import { Report, Result } from './report.tsx';

/** One import, at whatever step it is. */
export function ImportPage() {
  const { t } = useTranslation('imports');
  const { importId } = useParams({ from: '/rooms/imports/$importId' });
  const found = useQuery(importQuery(importId));
  const back = { to: '/imports', label: t('page.back') } as const;
  const title = found.data?.name ?? t('title');
  return (
    <Page title={title} {...(found.data ? { lead: t(`status.${found.data.status}`) } : {})} back={back} narrow>
      {found.isPending && <SkeletonBlock height={180} />}
      {found.isError && !found.data && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <Step row={found.data} />}
    </Page>
  );
}

function Step({ row }: { readonly row: Import }) {
  const { t } = useTranslation('imports');
  const [columnsAnew, setColumnsAnew] = useState(false);
  const columns = <ColumnsStep row={row} onDone={() => setColumnsAnew(false)} />;
  switch (row.status) {
    case 'uploading':
      return <p role="alert">{t('page.broken')}</p>;
    case 'ready':
      return columns;
    case 'checking':
      return <Checking row={row} />;
    case 'checked':
      return columnsAnew ? (
        columns
      ) : (
        <>
          <Report row={row} onColumns={() => setColumnsAnew(true)} />
          <Rejects row={row} />
        </>
      );
    case 'failed':
      return (
        <p role="alert" className={styles.notice}>
          {row.failure?.message}
        </p>
      );
    case 'running':
    case 'paused':
      return <Running row={row} />;
    default:
      return (
        <>
          <Result row={row} />
          <Rejects row={row} />
        </>
      );
  }
}

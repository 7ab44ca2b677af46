import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Delayed } from './delayed.tsx';
import styles from './skeleton-rows.module.css';

type SkeletonRowsProps = { readonly rows?: number; readonly height?: number };

/** Rows in the shape of the list to come. */
export function SkeletonRows({ rows = 8, height = 48 }: SkeletonRowsProps) {
  const { t } = useTranslation();
  return (
    <Delayed>
      <div role="status" aria-label={t('list.loading')}>
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: equal rows without identity
          <div key={row} className={styles.row} style={{ height }}>
            <Skeleton height={14} width={`${38 - ((row * 7) % 16)}%`} />
            <Skeleton height={14} width="12%" />
          </div>
        ))}
      </div>
    </Delayed>
  );
}

/** One block in the shape of what will stand there. */
export function SkeletonBlock({ height, width }: { readonly height: number; readonly width?: number | string }) {
  return (
    <Delayed>
      <Skeleton height={height} mb="lg" {...(width === undefined ? {} : { width })} />
    </Delayed>
  );
}

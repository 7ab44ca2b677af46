import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../ui/moment.tsx';
import { More } from '../../ui/more.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { Failed } from '../../ui/states.tsx';
import styles from '../tills.module.css';
import { differencesQuery } from './queries.ts';

/** Where the two servers answered differently, the newest first; of one method, or of all. */
export function Differences({ method }: { readonly method: string | undefined }) {
  const { t } = useTranslation('tills');
  const list = useInfiniteQuery(differencesQuery(method));
  if (list.isPending) return <SkeletonRows rows={4} height={72} />;
  if (list.isError && !list.data) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap(({ items }) => items);
  return (
    <div>
      <div className={styles.head}>
        <h3>{method ? t('probonus.differences.of', { method }) : t('probonus.differences.title')}</h3>
        {method && (
          <Link to="/tills/probonus" search={{}}>
            {t('probonus.differences.all')}
          </Link>
        )}
      </div>
      <ul className={styles.list}>
        {rows.map((row) => (
          <li key={row.differenceId} className={styles.card}>
            <p className="small quiet">
              {row.method} · <Moment at={row.recordedAt} />
              {row.accountId !== null && (
                <>
                  {' · '}
                  <Link to="/accounts/$accountId" params={{ accountId: String(row.accountId) }}>
                    {t('late.guest', { id: row.accountId })}
                  </Link>
                </>
              )}
            </p>
            <code className={styles.path}>{row.path}</code>
            <dl className={styles.seen}>
              <div>
                <dt>{t('probonus.differences.ours')}</dt>
                <dd className={styles.path}>{row.ours ?? t('probonus.differences.nothing')}</dd>
              </div>
              <div>
                <dt>{t('probonus.differences.theirs')}</dt>
                <dd className={styles.path}>{row.theirs ?? t('probonus.differences.nothing')}</dd>
              </div>
            </dl>
          </li>
        ))}
      </ul>
      <More list={list} />
    </div>
  );
}

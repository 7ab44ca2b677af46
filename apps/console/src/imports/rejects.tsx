import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Import } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { fileAddress } from '../api/http.ts';
import { useFormat } from '../app/format.ts';
import { Icon } from '../ui/icon.tsx';
import { More } from '../ui/more.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Failed } from '../ui/states.tsx';
import table from '../ui/table.module.css';
import styles from './imports.module.css';
import { rejectsQuery } from './queries.ts';

const KEPT = 10_000;

/** Lines that were kept back, each with what is wrong, to be mended and sent again. */
export function Rejects({ row }: { readonly row: Import }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const list = useInfiniteQuery(rejectsQuery(row.importId, `${row.status} ${row.report?.bad ?? 0}`));
  if (list.isPending) return <SkeletonRows height={53} rows={3} />;
  if (list.isError && !list.data) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const rejects = list.data.pages.flatMap((page) => page.items);
  if (rejects.length === 0) return null;
  const isForgotten = rejects.every(({ cells }) => cells.length === 0);
  return (
    <section className={styles.block}>
      <div className={styles.head}>
        <h2>{t('rejects.title')}</h2>
        {!isForgotten && (
          <Button
            component="a"
            href={fileAddress(`/imports/${row.importId}/rejects.csv`)}
            variant="subtle"
            leftSection={<Icon name="download" size={18} />}
          >
            {t('rejects.download')}
          </Button>
        )}
      </div>
      <p className={styles.quiet}>{t(isForgotten ? 'rejects.forgotten' : 'rejects.kept')}</p>
      {(row.report?.bad ?? 0) > KEPT && <p className={styles.quiet}>{t('rejects.more')}</p>}
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('rejects.line')}</th>
            <th scope="col">{t('rejects.why')}</th>
          </tr>
        </thead>
        <tbody>
          {rejects.map(({ line, problems, cells }) => (
            <tr key={line}>
              <td className={styles.line}>{format.count(line)}</td>
              <td className={styles.why}>
                {problems.map(({ column, message, code }) => (
                  <div key={`${code} ${column}`}>{column === null ? message : `${column}: ${message}`}</div>
                ))}
                <span className={styles.cells}>{cells.filter(Boolean).join(' · ')}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <More list={list} />
    </section>
  );
}

import type { CheckRow } from '@tessera/contract';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { Mark, type Tone } from '../ui/mark.tsx';
import { Moment } from '../ui/moment.tsx';
import table from '../ui/table.module.css';
import styles from './checks-table.module.css';

const tones: Record<CheckRow['status'], Tone> = { sold: 'good', partly_returned: 'warning', returned: 'bad' };

type ChecksTableProps = { readonly rows: readonly CheckRow[]; readonly wanted: number | undefined };

export function ChecksTable({ rows, wanted }: ChecksTableProps) {
  const { t } = useTranslation();
  return (
    <table className={`${table.table} ${styles.checks}`}>
      <thead>
        <tr>
          <th scope="col">{t('checks.check')}</th>
          <th scope="col">{t('checks.when')}</th>
          <th scope="col" className={table.right}>
            {t('checks.money')}
          </th>
          <th scope="col" className={table.right}>
            {t('checks.spent')}
          </th>
          <th scope="col" className={table.right}>
            {t('checks.accrued')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Check key={row.checkId} row={row} wanted={row.checkId === wanted} />
        ))}
      </tbody>
    </table>
  );
}

function Check({ row, wanted }: { readonly row: CheckRow; readonly wanted: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const place = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (wanted) place.current?.scrollIntoView({ block: 'center' });
  }, [wanted]);
  const points = (sign: number, minor: number): string =>
    minor === 0 ? '—' : format.pointsNumber(sign * minor, { signed: true });
  return (
    <tr
      ref={place}
      data-spent={row.spent > 0}
      data-accrued={row.accrued > 0}
      className={wanted ? styles.wanted : undefined}
      aria-current={wanted ? 'true' : undefined}
    >
      <td className={styles.check}>
        <span className={table.lead}>{t('checks.number', { number: row.number || row.externalId })}</span>
        {row.status !== 'sold' && <Mark tone={tones[row.status]}>{t(`checks.statuses.${row.status}`)}</Mark>}
        <span className={styles.venue}>{row.venue}</span>
      </td>
      <td className={styles.when}>
        <Moment at={row.occurredAt} />
      </td>
      <td className={`${table.right} ${styles.money}`}>
        {format.money(row.money)}
        {row.discount > 0 && (
          <span className={styles.discount}>{t('checks.discount', { money: format.money(row.discount) })}</span>
        )}
      </td>
      <td className={`${table.right} ${styles.spent}`} data-label={t('checks.spent')}>
        {points(-1, row.spent)}
      </td>
      <td className={`${table.right} ${styles.accrued}`} data-label={t('checks.accrued')}>
        {points(1, row.accrued)}
      </td>
    </tr>
  );
}

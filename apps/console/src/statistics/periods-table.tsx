import type { CardCounts, CardStatistics } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import table from '../ui/table.module.css';
import { WideTable } from '../ui/wide-table.tsx';
import styles from './statistics.module.css';
import { usePeriodNames } from './use-period-names.ts';

/** The measures of the tables, in their order. `visited` belongs to forms and has no card yet. */
export const columns = [
  'visited',
  'issued',
  'downloaded',
  'installed',
  'removed',
  'updated',
  'opened',
  'shown',
] as const;

/** The same as the plots, in figures, the newest first. */
export function PeriodsTable({ statistics }: { readonly statistics: CardStatistics }) {
  const { t } = useTranslation('statistics');
  const names = usePeriodNames(statistics.unit);
  return (
    <WideTable label={t('overTime')}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t(`period.units.${statistics.unit}`)}</th>
            <Headings />
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row" className={styles.total}>
              {t('total')}
            </th>
            <Cells counts={statistics.total} />
          </tr>
          {statistics.periods.toReversed().map(({ start, counts }) => (
            <tr key={start}>
              <td>{names.long(start)}</td>
              <Cells counts={counts} />
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}

export function Headings() {
  const { t } = useTranslation('statistics');
  return columns.map((measure) => (
    <th key={measure} scope="col" className={table.right}>
      {t(`measures.${measure}`)}
    </th>
  ));
}

export function Cells({ counts }: { readonly counts: CardCounts }) {
  const format = useFormat();
  return columns.map((measure) => (
    <td key={measure} className={`${table.right} ${counts[measure] === 0 ? styles.none : ''}`}>
      {format.count(counts[measure])}
    </td>
  ));
}

import { Link } from '@tanstack/react-router';
import type { PassRow } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { Mark } from '../ui/mark.tsx';
import { Moment } from '../ui/moment.tsx';
import table from '../ui/table.module.css';
import { PassMenu } from './pass-menu.tsx';
import styles from './passes.module.css';

type PassesTableProps = {
  readonly rows: readonly PassRow[];
  /** Rows of the question before, while the new ones are on their way. */
  readonly stale: boolean;
};

export function PassesTable({ rows, stale }: PassesTableProps) {
  const { t } = useTranslation('passes');
  return (
    <table className={`${table.table} ${styles.table} ${stale ? table.stale : ''}`} aria-busy={stale}>
      <thead>
        <tr>
          <th scope="col">{t('table.serial')}</th>
          <th scope="col">{t('table.guest')}</th>
          <th scope="col">{t('table.design')}</th>
          <th scope="col">{t('table.phones')}</th>
          <th scope="col" className={table.right}>
            {t('table.points')}
          </th>
          <th scope="col" className={table.right}>
            {t('table.created')}
          </th>
          <th scope="col">
            <span className="heard">{t('menu.title')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.passId} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row }: { readonly row: PassRow }) {
  const { t } = useTranslation(['passes', 'console']);
  const format = useFormat();
  return (
    <tr>
      <td className={styles.serial}>
        <Link to="/passes/$passId" params={{ passId: String(row.passId) }} className={`mono ${table.lead}`}>
          {row.serial}
        </Link>{' '}
        {row.voided && <Mark tone="bad">{t('passes:state.voided')}</Mark>}
      </td>
      <td className={styles.guest}>
        <Link to="/accounts/$accountId" params={{ accountId: String(row.accountId) }}>
          {row.guestName || t('console:accounts.nameless')}
        </Link>
        {row.phone !== null && <span className={styles.phone}>{format.phone(row.phone)}</span>}
      </td>
      <td className={styles.design}>
        {row.designName} <span className={styles.level}>{row.level}</span>
      </td>
      <td className={styles.phones}>
        <Phones row={row} />
      </td>
      <td className={`${table.right} ${styles.points}`}>
        <span className={styles.wide}>{format.pointsNumber(row.points)}</span>
        <span className={styles.narrow}>{format.points(row.points)}</span>
      </td>
      <td className={`${table.right} ${styles.created}`}>
        <Moment at={row.createdAt} as="day" />
      </td>
      <td className={styles.menuCell}>
        <PassMenu row={row} />
      </td>
    </tr>
  );
}

function Phones({ row }: { readonly row: PassRow }) {
  const { t } = useTranslation('passes');
  const words = [
    ...(row.appleDevices > 0 ? [t('phones.apple', { number: row.appleDevices })] : []),
    ...(row.androidDevices > 0 ? [t('phones.android', { number: row.androidDevices })] : []),
    ...(row.google ? [t('phones.google')] : []),
  ];
  return words.length === 0 ? <span className="quiet">{t('phones.none')}</span> : words.join(', ');
}

import { Link } from '@tanstack/react-router';
import type { AccountRow } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { Mark } from '../ui/mark.tsx';
import { Moment } from '../ui/moment.tsx';
import table from '../ui/table.module.css';
import styles from './accounts-table.module.css';

type AccountsTableProps = {
  readonly rows: readonly AccountRow[];
  /** Rows of the search before, while the new ones are on their way. */
  readonly stale: boolean;
};

export function AccountsTable({ rows, stale }: AccountsTableProps) {
  const { t } = useTranslation();
  return (
    <table className={`${table.table} ${styles.accounts} ${stale ? table.stale : ''}`} aria-busy={stale}>
      <thead>
        <tr>
          <th scope="col">{t('accounts.guest')}</th>
          <th scope="col">{t('accounts.phone')}</th>
          <th scope="col">{t('accounts.level')}</th>
          <th scope="col" className={table.right}>
            {t('accounts.balance')}
          </th>
          <th scope="col" className={table.right}>
            {t('accounts.turnover')}
          </th>
          <th scope="col" className={table.right}>
            {t('accounts.cards')}
          </th>
          <th scope="col" className={table.right}>
            {t('accounts.lastSale')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.accountId} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row }: { readonly row: AccountRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const phone = row.phone === null ? '' : format.phone(row.phone);
  return (
    <tr>
      <td className={styles.name}>
        <Link
          to="/accounts/$accountId"
          params={{ accountId: String(row.accountId) }}
          className={`${table.lead} ${styles.link}`}
        >
          {row.name || t('accounts.nameless')}
        </Link>
        {row.blocked && (
          <span className={styles.blocked}>
            <Mark tone="bad">{t('accounts.blocked')}</Mark>
          </span>
        )}
      </td>
      <td className={styles.phone}>{phone}</td>
      <td className={styles.level}>{row.level}</td>
      <td className={`${table.right} ${styles.balance}`}>
        <span className={styles.wide}>{format.pointsNumber(row.balance)}</span>
        <span className={styles.phoneOnly}>{format.points(row.balance)}</span>
      </td>
      <td className={`${table.right} ${styles.turnover}`}>{format.money(row.turnover)}</td>
      <td className={`${table.right} ${styles.cards}`}>{format.count(row.cards)}</td>
      <td className={`${table.right} ${styles.last}`}>
        {row.lastSaleAt === null ? (
          <span className="quiet">{t('accounts.noSales')}</span>
        ) : (
          <Moment at={row.lastSaleAt} as="day" />
        )}
      </td>
    </tr>
  );
}

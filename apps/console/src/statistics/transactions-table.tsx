import { Link } from '@tanstack/react-router';
import type { TransactionRow } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { Moment } from '../ui/moment.tsx';
import table from '../ui/table.module.css';
import styles from './statistics.module.css';

/** One line for each thing that happened; what stands in it leads to the guest, the card, the check or the form. */
export function TransactionsTable({ rows }: { readonly rows: readonly TransactionRow[] }) {
  const { t } = useTranslation('statistics');
  return (
    <table className={`${table.table} ${styles.events}`}>
      <thead>
        <tr>
          <th scope="col">{t('transactions.what')}</th>
          <th scope="col">{t('transactions.who')}</th>
          <th scope="col" className={table.right}>
            {t('transactions.amount')}
          </th>
          <th scope="col" className={table.right}>
            {t('transactions.when')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <span className={styles.kind}>
                {t(`kinds.${row.kind}`)}
                {row.count > 1 && ` × ${row.count}`}
              </span>
              <Facts row={row} />
            </td>
            <td>
              <Who row={row} />
            </td>
            <td className={table.right}>
              <Amount amount={row.amount} />
            </td>
            <td className={`${table.right} ${styles.when}`}>
              <Moment at={row.at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Facts({ row }: { readonly row: TransactionRow }) {
  const { t } = useTranslation('statistics');
  const facts = [
    row.form && t(`platforms.${row.form}`),
    row.browser && row.browser !== 'other' && t(`browsers.${row.browser}`),
    row.system && row.system !== 'other' && t(`systems.${row.system}`),
    row.source && t(`sources.${row.source}`, row.source),
    row.network,
  ].filter((fact) => typeof fact === 'string' && fact !== '');
  return (
    <span className={styles.facts}>
      {row.formId && (
        <>
          <Link to="/statistics/transactions" search={{ formId: row.formId }}>
            {t('sources.form', { form: row.formId })}
          </Link>{' '}
        </>
      )}
      {row.checkId !== null && row.account && (
        <>
          <Link
            to="/accounts/$accountId/checks"
            params={{ accountId: String(row.account.accountId) }}
            search={{ check: String(row.checkId) }}
          >
            {t('transactions.check', { number: row.checkNumber ?? row.checkId })}
          </Link>{' '}
        </>
      )}
      {facts.join(' · ')}
    </span>
  );
}

function Who({ row: { account, card } }: { readonly row: TransactionRow }) {
  const { t } = useTranslation('statistics');
  if (!account && !card) return <span className={styles.quiet}>{t('transactions.visitor')}</span>;
  return (
    <>
      {account && (
        <Link to="/accounts/$accountId" params={{ accountId: String(account.accountId) }} className={table.lead}>
          {account.name || t('transactions.nameless')}
        </Link>
      )}
      {card && (
        <span className={styles.facts}>
          <Link to="/statistics/transactions" search={{ serial: card.serial }} className="mono">
            {card.serial}
          </Link>{' '}
          {card.designName}
        </span>
      )}
    </>
  );
}

function Amount({ amount }: { readonly amount: TransactionRow['amount'] }) {
  const format = useFormat();
  const { t } = useTranslation('statistics');
  if (!amount) return null;
  const { value, unit } = amount;
  if (unit === 'money') return format.money(value);
  if (unit === 'points') return format.points(value, { signed: true });
  return t('transactions.stamps', { count: Math.abs(value), shown: `${value > 0 ? '+' : '−'}${Math.abs(value)}` });
}

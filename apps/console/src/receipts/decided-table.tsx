import { Link } from '@tanstack/react-router';
import type { Receipt } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { Mark } from '../ui/mark.tsx';
import { Moment } from '../ui/moment.tsx';
import table from '../ui/table.module.css';
import styles from './receipts.module.css';

/** Receipts that have been decided. */
export function DecidedTable({ receipts }: { readonly receipts: readonly Receipt[] }) {
  const { t } = useTranslation('receipts');
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">{t('table.guest')}</th>
          <th scope="col">{t('table.state')}</th>
          <th scope="col" className={table.right}>
            {t('table.sum')}
          </th>
          <th scope="col" className={`${table.right} ${styles.wide}`}>
            {t('table.decided')}
          </th>
        </tr>
      </thead>
      <tbody>
        {receipts.map((receipt) => (
          <Row key={receipt.receiptId} receipt={receipt} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ receipt }: { readonly receipt: Receipt }) {
  const { t } = useTranslation('receipts');
  const format = useFormat();
  const { state, reason, fiscal, points, activatesAt, note } = receipt;
  return (
    <tr>
      <td>
        <Link to="/accounts/$accountId" params={{ accountId: String(receipt.accountId) }} className={table.lead}>
          {receipt.name || t('nameless')}
        </Link>
      </td>
      <td>
        {state === 'rejected' ? (
          <Mark tone="bad">{t(`reasons.${reason ?? 'other'}`)}</Mark>
        ) : (
          <Mark tone={state === 'active' ? 'good' : 'quiet'}>
            {state === 'active'
              ? t('given', { points: format.points(points ?? 0) })
              : t('pending', { points: format.points(points ?? 0), day: activatesAt ? format.day(activatesAt) : '' })}
          </Mark>
        )}
        {note && <span className={styles.note}>{note}</span>}
      </td>
      <td className={table.right}>{fiscal ? format.money(fiscal.sum) : '—'}</td>
      <td className={`${table.right} ${styles.wide}`}>{receipt.decidedAt && <Moment at={receipt.decidedAt} />}</td>
    </tr>
  );
}

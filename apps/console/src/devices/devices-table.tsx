import { Link } from '@tanstack/react-router';
import type { DeviceRow } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { Mark } from '../ui/mark.tsx';
import { Moment } from '../ui/moment.tsx';
import table from '../ui/table.module.css';
import styles from './devices-table.module.css';

export function DevicesTable({ rows }: { readonly rows: readonly DeviceRow[] }) {
  const { t } = useTranslation();
  return (
    <table className={`${table.table} ${styles.devices}`}>
      <thead>
        <tr>
          <th scope="col">{t('devices.cards')}</th>
          <th scope="col">{t('devices.device')}</th>
          <th scope="col">{t('devices.state')}</th>
          <th scope="col" className={table.right}>
            {t('devices.seen')}
          </th>
          <th scope="col" className={table.right}>
            {t('devices.registered')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.fingerprint} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row }: { readonly row: DeviceRow }) {
  const { t } = useTranslation();
  return (
    <tr>
      <td className={styles.cards}>
        <ul>
          {row.cards.map((card) => (
            <li key={card.serial}>
              <CardHolder card={card} /> <span className={styles.design}>{card.designName}</span>
            </li>
          ))}
        </ul>
      </td>
      <td className={styles.device}>
        {t(`devices.platforms.${row.platform}`, row.platform)} <span className="mono quiet">{row.fingerprint}</span>
      </td>
      <td className={styles.state}>
        {row.upToDate ? (
          <Mark tone="good">{t('devices.upToDate')}</Mark>
        ) : (
          <Mark tone="warning">{t('devices.behind')}</Mark>
        )}
      </td>
      <td className={`${table.right} ${styles.seen}`} data-label={t('devices.seen')}>
        <Moment at={row.lastSeenAt} />
      </td>
      <td className={`${table.right} ${styles.registered}`}>
        <Moment at={row.registeredAt} as="day" />
      </td>
    </tr>
  );
}

function CardHolder({ card }: { readonly card: DeviceRow['cards'][number] }) {
  const { t } = useTranslation();
  const name = card.guestName || t('accounts.nameless');
  if (card.accountId === null)
    return <span className={table.lead}>{t('devices.noAccount', { serial: card.serial })}</span>;
  return (
    <Link to="/accounts/$accountId" params={{ accountId: String(card.accountId) }} className={table.lead}>
      {name}
    </Link>
  );
}

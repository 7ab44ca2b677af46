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
          <Row key={`${row.fingerprint} ${row.registeredAt} ${row.cards[0]?.passId}`} row={row} />
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
            <li key={card.passId}>
              <Link to="/passes/$passId" params={{ passId: String(card.passId) }} className={table.lead}>
                {card.guestName || t('accounts.nameless')}
              </Link>{' '}
              <span className={styles.design}>{card.designName}</span>
            </li>
          ))}
        </ul>
      </td>
      <td className={styles.device}>
        {t(`devices.platforms.${row.platform}`)} <span className="mono quiet">{row.fingerprint}</span>
      </td>
      <td className={styles.state}>
        {row.upToDate === null ? (
          <span className="quiet">{t('devices.live')}</span>
        ) : row.upToDate ? (
          <Mark tone="good">{t('devices.upToDate')}</Mark>
        ) : (
          <Mark tone="warning">{t('devices.behind')}</Mark>
        )}
      </td>
      <td className={`${table.right} ${styles.seen}`} data-label={t('devices.seen')}>
        {row.lastSeenAt ? <Moment at={row.lastSeenAt} /> : <span className="quiet">—</span>}
      </td>
      <td className={`${table.right} ${styles.registered}`}>
        <Moment at={row.registeredAt} as="day" />
      </td>
    </tr>
  );
}

import { Link } from '@tanstack/react-router';
import type { ReferralRow } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { Mark, type Tone } from '../ui/mark.tsx';
import { Moment } from '../ui/moment.tsx';
import table from '../ui/table.module.css';
import styles from './referral.module.css';

const tones: Record<ReferralRow['state'], Tone> = {
  registered: 'quiet',
  qualified: 'quiet',
  rewarded: 'good',
  rejected: 'bad',
};

type TableProps = { readonly rows: readonly ReferralRow[]; readonly stale: boolean };

export function ReferralTable({ rows, stale }: TableProps) {
  const { t } = useTranslation('referral');
  return (
    <table className={`${table.table} ${styles.table} ${stale ? table.stale : ''}`}>
      <thead>
        <tr>
          <th scope="col">{t('table.friend')}</th>
          <th scope="col">{t('table.referrer')}</th>
          <th scope="col">{t('table.state')}</th>
          <th scope="col" className={table.right}>
            {t('table.rewards')}
          </th>
          <th scope="col" className={`${table.right} ${styles.wide}`}>
            {t('table.registered')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.referralId} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row }: { readonly row: ReferralRow }) {
  const { t } = useTranslation('referral');
  return (
    <tr>
      <td>
        <Person person={row.friend} />
      </td>
      <td data-label={t('table.referrer')}>
        <Person person={row.referrer} />
      </td>
      <td className={styles.state}>
        <Mark tone={tones[row.state]}>{t(`states.${row.state}`)}</Mark>
        <StateNote row={row} />
      </td>
      <td className={table.right}>
        <Rewards row={row} />
      </td>
      <td className={`${table.right} ${styles.wide}`}>
        <Moment at={row.registeredAt} as="day" />
      </td>
    </tr>
  );
}

function Person({ person }: { readonly person: ReferralRow['friend'] }) {
  const { t } = useTranslation('referral');
  return (
    <Link to="/accounts/$accountId" params={{ accountId: String(person.accountId) }} className={table.lead}>
      {person.name || t('table.nameless')}
    </Link>
  );
}

/** Why, or until when. */
function StateNote({ row }: { readonly row: ReferralRow }) {
  const { t } = useTranslation('referral');
  const format = useFormat();
  const text =
    row.state === 'rejected'
      ? t(`reasons.${row.reason}`)
      : row.state === 'registered'
        ? t('table.until', { day: format.day(row.validUntil) })
        : row.state === 'qualified' && row.confirmsAt
          ? t('table.confirms', { day: format.day(row.confirmsAt) })
          : null;
  return text && <span className={styles.note}>{text}</span>;
}

function Rewards({ row }: { readonly row: ReferralRow }) {
  const { t } = useTranslation('referral');
  const format = useFormat();
  // All those above the referrer are told alike.
  const rewards = row.rewards.map((reward) => ({ ...reward, side: Math.min(reward.level, 2) }));
  if (rewards.length === 0) return <span className="quiet">—</span>;
  return (
    <ul className={styles.rewards}>
      {rewards.map((reward) => (
        <li key={reward.level} className={reward.revoked ? styles.revoked : undefined}>
          <span className={styles.side}>{t(`sides.${reward.side}`)}</span>{' '}
          {reward.reason ? t(`reasons.${reward.reason}`) : format.pointsNumber(reward.points, { signed: true })}
          {reward.revoked && <span className={styles.side}> {t('table.revoked')}</span>}
        </li>
      ))}
    </ul>
  );
}

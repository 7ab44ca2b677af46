import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { accountQuery } from '../api/queries.ts';
import { Cards } from './cards.tsx';
import { Coupons } from './coupons.tsx';
import { ErasedGuest } from './guest-data.tsx';
import { GuestFacts } from './guest-facts.tsx';
import { Lots } from './lots.tsx';
import styles from './overview.module.css';

/** The account at a glance: points by expiry, cards, and what the guest has told about himself. */
export function Overview() {
  const { accountId } = useParams({ from: '/rooms/accounts/$accountId' });
  const { data } = useQuery(accountQuery(accountId));
  if (!data) return null; // the page around has it already
  if (data.closed) return <ErasedGuest account={data} />;
  return (
    <div className={styles.columns}>
      <Lots lots={data.lots} />
      <div className={styles.side}>
        <Coupons accountId={data.accountId} />
        <Cards passes={data.passes} />
        <GuestFacts account={data} />
      </div>
    </div>
  );
}

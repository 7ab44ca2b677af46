import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import styles from '../certificates/credential-card.module.css';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { relaysQuery } from './queries.ts';
import { RelayMark } from './relay-mark.tsx';

/** Other readers of cards among the certificates: which of them are told of news. */
export function WalletsCard() {
  const { t } = useTranslation('wallets');
  const { data } = useQuery(relaysQuery);
  if (!data) return <SkeletonBlock height={120} />;
  return (
    <section className={styles.card}>
      <div className={styles.head}>
        <h2 className={styles.name}>
          <Link to="/certificates/wallets">{t('title')}</Link>
        </h2>
      </div>
      <dl className={styles.facts}>
        {data.items.map((relay) => (
          <div key={relay.kind}>
            <dt>{t(`names.${relay.kind}`)}</dt>
            <dd>
              <RelayMark relay={relay} />
            </dd>
          </div>
        ))}
      </dl>
      <Link to="/certificates/wallets" className="small">
        {t('open')}
      </Link>
    </section>
  );
}

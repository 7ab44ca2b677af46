import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import styles from '../certificates/credential-card.module.css';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { GoogleMark } from './google-state.tsx';
import { googleQuery } from './queries.ts';

/** Google Wallet among the certificates: its state at a glance and the way to its settings. */
export function GoogleCard() {
  const { t } = useTranslation('google');
  const format = useFormat();
  const { data } = useQuery(googleQuery);
  if (!data) return <SkeletonBlock height={120} />;
  const { credential, cards } = data;
  return (
    <section className={styles.card}>
      <div className={styles.head}>
        <h2 className={styles.name}>
          <Link to="/certificates/google">{t('title')}</Link>
        </h2>
        <GoogleMark state={data} />
      </div>
      {credential ? (
        <dl className={styles.facts}>
          <div>
            <dt>{t('facts.issuer')}</dt>
            <dd className="mono">{credential.issuerId}</dd>
          </div>
          <div>
            <dt>{t('cards.cards')}</dt>
            <dd>{format.count(cards.cards)}</dd>
          </div>
          <div>
            <dt>{t('cards.installed')}</dt>
            <dd>{format.count(cards.installed)}</dd>
          </div>
        </dl>
      ) : (
        <p>{t('lead')}</p>
      )}
      <Link to="/certificates/google" className="small">
        {t(credential ? 'open' : 'connect')}
      </Link>
    </section>
  );
}

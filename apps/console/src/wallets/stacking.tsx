import { useTranslation } from 'react-i18next';
import styles from '../certificates/certificate.module.css';
import blocks from './wallets.module.css';

/** What a further pass type changes, for whoever wonders whether to make one. */
export function Stacking() {
  const { t } = useTranslation('wallets');
  return (
    <section className={blocks.apart}>
      <h2 className={styles.sectionTitle}>{t('stacking.title')}</h2>
      <p>{t('stacking.text')}</p>
    </section>
  );
}

import type { GoogleWalletState } from '@tessera/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from '../certificates/certificate.module.css';
import { Step } from '../certificates/step.tsx';
import { GoogleForm } from './google-form.tsx';
import { GoogleNotes } from './notes.tsx';

const GOOGLE_CLOUD = 'https://console.cloud.google.com/iam-admin/serviceaccounts';
const WALLET_CONSOLE = 'https://pay.google.com/business/console';

/** A key at Google Cloud, an invitation at the issuer, the file here. */
export function GoogleSteps({ state }: { readonly state: GoogleWalletState }) {
  const { t } = useTranslation('google');
  return (
    <>
      <GoogleNotes state={state} />
      <h2 className={styles.sectionTitle}>{t('steps.title')}</h2>
      <ol className={styles.steps}>
        <Step title={t('steps.cloud.title')}>
          <ol className={styles.apple}>
            <li>{t('steps.cloud.project')}</li>
            <li>{t('steps.cloud.account')}</li>
            <li>{t('steps.cloud.key')}</li>
          </ol>
          <Outside href={GOOGLE_CLOUD}>{t('steps.cloud.link')}</Outside>
        </Step>
        <Step title={t('steps.issuer.title')}>
          <ol className={styles.apple}>
            <li>{t('steps.issuer.open')}</li>
            <li>{t('steps.issuer.invite')}</li>
          </ol>
          <p className="small quiet">{t('steps.issuer.demo')}</p>
          <Outside href={WALLET_CONSOLE}>{t('steps.issuer.link')}</Outside>
        </Step>
        <Step title={t('steps.bring.title')}>
          <GoogleForm />
        </Step>
      </ol>
    </>
  );
}

const Outside = ({ href, children }: { readonly href: string; readonly children: ReactNode }) => (
  <a href={href} target="_blank" rel="noreferrer">
    {children}
  </a>
);

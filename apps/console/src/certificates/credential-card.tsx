import { Link } from '@tanstack/react-router';
import type { CredentialRow } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { Mark, type Tone } from '../ui/mark.tsx';
import styles from './credential-card.module.css';
import { ProblemList } from './problem-list.tsx';

const tones: Record<CredentialRow['status'], Tone> = { requested: 'quiet', active: 'good', expired: 'bad' };

/** The state in a word; an active certificate with a problem is not simply good. */
export function CredentialState({ credential }: { readonly credential: CredentialRow }) {
  const { t } = useTranslation();
  const worst = credential.problems.some((problem) => problem.severity === 'error') ? 'bad' : 'warning';
  const troubled = credential.status === 'active' && credential.problems.length > 0;
  return (
    <Mark tone={troubled ? worst : tones[credential.status]}>
      {troubled ? t(`certificates.troubled.${worst}`) : t(`certificates.statuses.${credential.status}`)}
    </Mark>
  );
}

export function CredentialCard({ credential }: { readonly credential: CredentialRow }) {
  const { t } = useTranslation();
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <h2 className={styles.name}>
          <Link to="/certificates/$credentialId" params={{ credentialId: String(credential.credentialId) }}>
            {credential.name}
          </Link>
        </h2>
        <CredentialState credential={credential} />
        {credential.demo && <Mark tone="warning">{t('certificates.demo')}</Mark>}
      </div>
      <CredentialFacts credential={credential} />
      <ProblemList problems={credential.problems} />
      {credential.status === 'requested' && (
        <Link
          to="/certificates/$credentialId"
          params={{ credentialId: String(credential.credentialId) }}
          className="small"
        >
          {t('certificates.continue')}
        </Link>
      )}
    </li>
  );
}

type CredentialFactsProps = {
  readonly credential: CredentialRow;
  /** With the issuer, on the certificate's own page. */
  readonly full?: boolean;
};

/** What one needs to know of a certificate at a glance. */
export function CredentialFacts({ credential, full = false }: CredentialFactsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <dl className={styles.facts}>
      <div>
        <dt>{t('certificates.passType')}</dt>
        <dd className="mono">{credential.passTypeIdentifier}</dd>
      </div>
      <div>
        <dt>{t('certificates.team')}</dt>
        <dd className="mono">{credential.teamIdentifier}</dd>
      </div>
      {credential.notAfter && (
        <div>
          <dt>{t('certificates.validity')}</dt>
          <dd title={format.exact(credential.notAfter)}>
            {t(credential.status === 'expired' ? 'certificates.endedOn' : 'certificates.until', {
              day: format.day(credential.notAfter),
            })}
          </dd>
        </div>
      )}
      {credential.status !== 'requested' && (
        <div>
          <dt>{t('certificates.passesName')}</dt>
          <dd>{format.count(credential.passes)}</dd>
        </div>
      )}
      {full && credential.issuer && (
        <div className={styles.wide}>
          <dt>{t('certificates.issuer')}</dt>
          <dd>{credential.issuer}</dd>
        </div>
      )}
    </dl>
  );
}

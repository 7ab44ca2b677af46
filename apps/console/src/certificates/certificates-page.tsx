import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { credentialsQuery } from '../api/queries.ts';
import { GoogleCard } from '../google/google-card.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import { ReportsLink } from '../wallets/reports-link.tsx';
import { WalletsCard } from '../wallets/wallets-card.tsx';
import styles from './certificates-page.module.css';
import { CredentialCard } from './credential-card.tsx';

/** With which keys cards are signed, until when they hold, and what is wrong with them. */
export function CertificatesPage() {
  const { t } = useTranslation();
  const add = (
    <Button component={Link} to="/certificates/new">
      {t('certificates.add')}
    </Button>
  );
  return (
    <Page title={t('certificates.title')} lead={t('certificates.lead')} action={add}>
      <div className={styles.list}>
        <CredentialCards />
        <GoogleCard />
        <WalletsCard />
        <ReportsLink />
      </div>
    </Page>
  );
}

function CredentialCards() {
  const { t } = useTranslation();
  const credentials = useQuery(credentialsQuery);
  if (credentials.isPending) return <SkeletonBlock height={180} />;
  if (credentials.isError && !credentials.data) {
    return <Failed error={credentials.error} onRetry={() => void credentials.refetch()} />;
  }
  const { items } = credentials.data;
  if (items.length === 0) return <Empty title={t('certificates.empty.title')} text={t('certificates.empty.text')} />;
  return (
    <ul className={styles.list}>
      {items.map((credential) => (
        <CredentialCard key={credential.credentialId} credential={credential} />
      ))}
    </ul>
  );
}

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { CredentialRow } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileAddress } from '../api/http.ts';
import { credentialsQuery } from '../api/queries.ts';
import { Icon } from '../ui/icon.tsx';
import { Page } from '../ui/page.tsx';
import { Sign } from '../ui/sign.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import { PushesBlock } from '../wallets/pushes-block.tsx';
import styles from './certificate.module.css';
import { CredentialFacts, CredentialState } from './credential-card.tsx';
import { ProblemList } from './problem-list.tsx';
import { Step } from './step.tsx';
import { UploadForm } from './upload-form.tsx';

/** One certificate: its state, and the way to get or to renew it. */
export function CertificatePage() {
  const { t } = useTranslation();
  const { credentialId } = useParams({ from: '/rooms/certificates/$credentialId' });
  const credentials = useQuery(credentialsQuery);
  const credential = credentials.data?.items.find((row) => String(row.credentialId) === credentialId);
  const back = { to: '/certificates', label: t('menu.certificates') } as const;
  if (credential) {
    return (
      <Page narrow title={credential.name} back={back} lead={<CredentialState credential={credential} />}>
        <Certificate key={credential.credentialId} credential={credential} />
      </Page>
    );
  }
  return (
    <Page narrow title={t('certificates.one')} back={back}>
      {credentials.isPending && <SkeletonBlock height={320} />}
      {credentials.isError && <Failed error={credentials.error} onRetry={() => void credentials.refetch()} />}
      {credentials.data && <Empty title={t('certificates.gone.title')} text={t('certificates.gone.text')} />}
    </Page>
  );
}

function Certificate({ credential }: { readonly credential: CredentialRow }) {
  const { t } = useTranslation();
  const { own } = useSearch({ from: '/rooms/certificates/$credentialId' });
  const [done, setDone] = useState(false);
  return (
    <>
      {done && (
        <div className={styles.done} role="status">
          <Sign size={40} closing />
          <p>{t(credential.problems.length > 0 ? 'upload.doneWithProblems' : 'upload.done')}</p>
        </div>
      )}
      <div className={styles.block}>
        <CredentialFacts credential={credential} full />
      </div>
      <div className={styles.block}>
        <ProblemList problems={credential.problems} />
      </div>
      {credential.status !== 'requested' && <PushesBlock credential={credential} />}
      {!done && <h2 className={styles.sectionTitle}>{t(`certificate.get.${credential.status}`)}</h2>}
      {!done && <WayChoice credential={credential} own={own === 'yes'} />}
      {!done && own === 'yes' && <UploadForm credential={credential} own onDone={() => setDone(true)} />}
      {!done && own !== 'yes' && <Steps credential={credential} onDone={() => setDone(true)} />}
    </>
  );
}

function WayChoice({ credential, own }: { readonly credential: CredentialRow; readonly own: boolean }) {
  const { t } = useTranslation();
  return (
    <p className={styles.sections}>
      {t(own ? 'certificate.ownLead' : 'certificate.requestLead')}{' '}
      <Link
        to="/certificates/$credentialId"
        params={{ credentialId: String(credential.credentialId) }}
        search={own ? {} : { own: 'yes' }}
        replace
        resetScroll={false}
      >
        {t(own ? 'certificate.toRequest' : 'certificate.toOwn')}
      </Link>
    </p>
  );
}

type StepsProps = { readonly credential: CredentialRow; readonly onDone: () => void };

/** Download the request, take it to Apple, bring the certificate back. */
function Steps({ credential, onDone }: StepsProps) {
  const { t } = useTranslation();
  return (
    <ol className={styles.steps}>
      <Step title={t('certificate.download.title')}>
        <p>{t('certificate.download.text')}</p>
        <Button
          component="a"
          href={fileAddress(`/credentials/${credential.credentialId}/request.csr`)}
          download
          variant="default"
          leftSection={<Icon name="download" size={18} />}
        >
          {t('certificate.download.button')}
        </Button>
      </Step>
      <Step title={t('certificate.apple.title')}>
        <AppleSteps credential={credential} />
      </Step>
      <Step title={t('certificate.bring.title')}>
        <UploadForm credential={credential} onDone={onDone} />
      </Step>
    </ol>
  );
}

const APPLE_PASS_TYPES = 'https://developer.apple.com/account/resources/identifiers/list/passTypeId';

function AppleSteps({ credential }: { readonly credential: CredentialRow }) {
  const { t } = useTranslation();
  const words = { identifier: credential.passTypeIdentifier, team: credential.teamIdentifier };
  return (
    <ol className={styles.apple}>
      <li>
        {t('certificate.apple.signIn', words)}{' '}
        <a href={APPLE_PASS_TYPES} target="_blank" rel="noreferrer">
          {t('certificate.apple.link')}
        </a>
      </li>
      <li>{t('certificate.apple.identifier', words)}</li>
      <li>{t('certificate.apple.create')}</li>
      <li>{t('certificate.apple.upload')}</li>
      <li>{t('certificate.apple.take')}</li>
    </ol>
  );
}

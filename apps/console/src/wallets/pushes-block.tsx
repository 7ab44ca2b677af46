import { Button } from '@mantine/core';
import type { CredentialRow } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import styles from '../certificates/certificate.module.css';
import facts from '../certificates/credential-card.module.css';
import { Refused } from '../certificates/new-certificate-page.tsx';
import { useResumePushes } from './queries.ts';

/** How news reach phones with this certificate: what waits, and the way on where pushes stand still. */
export function PushesBlock({ credential }: { readonly credential: CredentialRow }) {
  const { t } = useTranslation('wallets');
  const format = useFormat();
  const { pushes, nfc } = credential;
  return (
    <div className={styles.block}>
      {pushes.halted && <Resume credentialId={credential.credentialId} halted={pushes.halted} />}
      <dl className={facts.facts}>
        <div>
          <dt>{t('pushes.unfetched')}</dt>
          <dd>{format.count(pushes.unfetched)}</dd>
        </div>
        <div>
          <dt>{t('pushes.again')}</dt>
          <dd>{format.count(pushes.pushedAgain)}</dd>
        </div>
        <div>
          <dt>{t('pushes.nfc')}</dt>
          <dd>{t(nfc ? 'pushes.nfcYes' : 'pushes.nfcNo')}</dd>
        </div>
      </dl>
      {pushes.unfetched > 0 && <p className="small">{t('pushes.unfetchedHint')}</p>}
    </div>
  );
}

type ResumeProps = { readonly credentialId: number; readonly halted: 'bad_tokens' | 'dead_tokens' };

function Resume({ credentialId, halted }: ResumeProps) {
  const { t } = useTranslation('wallets');
  const resume = useResumePushes(credentialId);
  return (
    <div className={styles.ways}>
      <Button loading={resume.isPending} onClick={() => resume.mutate(false)}>
        {t('pushes.resume')}
      </Button>
      {halted === 'dead_tokens' && (
        <Button variant="default" loading={resume.isPending} onClick={() => resume.mutate(true)}>
          {t('pushes.believe')}
        </Button>
      )}
      {resume.isError && <Refused error={resume.error} />}
    </div>
  );
}

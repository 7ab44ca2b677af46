import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CredentialRow } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { credentialsQuery } from '../api/queries.ts';
import { useSession } from '../app/company.ts';
import { useFormat } from '../app/format.ts';
import { serverClock } from '../app/server-clock.ts';
import { Icon } from '../ui/icon.tsx';
import styles from './certificate-alarm.module.css';

const DAYS_TO_WORRY = 30;
const DAY_MILLISECONDS = 86_400_000;
const ASKED_EVERY_MILLISECONDS = 600_000;

type Alarm = { readonly what: 'expired' | 'halted' | 'refused' | 'soon'; readonly credential: CredentialRow };

/** The gravest trouble of a certificate, for the owner, above whatever room he is in; nothing while all is well. */
export function CertificateAlarm() {
  const { t } = useTranslation();
  const format = useFormat();
  const { user } = useSession();
  const { data } = useQuery({
    ...credentialsQuery,
    enabled: user.role === 'owner',
    staleTime: ASKED_EVERY_MILLISECONDS,
  });
  const alarm = data && gravest(data.items, serverClock.now());
  if (!alarm) return null;
  const { what, credential } = alarm;
  const day = credential.notAfter ? format.day(credential.notAfter) : '';
  return (
    <div role="status" className={what === 'soon' ? styles.warning : styles.bad}>
      <Icon name={what === 'soon' ? 'warning' : 'bad'} />
      <p>
        {t(`certificateAlarm.${what}`, { name: credential.name, day })}{' '}
        <Link to="/certificates/$credentialId" params={{ credentialId: String(credential.credentialId) }}>
          {t('certificateAlarm.open')}
        </Link>
      </p>
    </div>
  );
}

/** Cards that cannot be updated at all come before those that soon cannot. */
function gravest(credentials: readonly CredentialRow[], now: number): Alarm | undefined {
  const inUse = credentials.filter(({ demo, notAfter }) => !demo && notAfter !== null);
  const find = (what: Alarm['what'], holds: (credential: CredentialRow) => boolean): Alarm | undefined => {
    const credential = inUse.find(holds);
    return credential && { what, credential };
  };
  const left = ({ notAfter }: CredentialRow) => Date.parse(notAfter ?? '') - now;
  return (
    find('expired', ({ status }) => status === 'expired') ??
    find('halted', ({ pushes }) => pushes.halted !== null) ??
    find('refused', ({ pushes }) => pushes.refused !== null) ??
    find('soon', (credential) => left(credential) < DAYS_TO_WORRY * DAY_MILLISECONDS)
  );
}

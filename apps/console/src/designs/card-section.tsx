import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { credentialsQuery } from '../api/queries.ts';
import { useInHand } from './context.ts';
import { Choice, Text, Tick } from './inputs.tsx';

/** What the design is called, who signs its cards, and whether they may be passed on. */
export function CardSection() {
  const { t } = useTranslation('designs');
  const { draft, change } = useInHand();
  return (
    <>
      <Text
        path="name"
        label={t('card.name')}
        hint={t('card.nameHint')}
        value={draft.name}
        maxLength={100}
        onChange={(name) => change({ name })}
      />
      <Certificate value={draft.credential} onChange={(credential) => change({ credential })} />
      <Tick
        path="sharingProhibited"
        label={t('card.sharing')}
        hint={t('card.sharingHint')}
        checked={draft.sharingProhibited}
        onChange={(sharingProhibited) => change({ sharingProhibited })}
      />
      {draft.style === 'eventTicket' && (
        <Text
          path="groupingIdentifier"
          label={t('card.grouping')}
          hint={t('card.groupingHint')}
          value={draft.grouping}
          maxLength={100}
          onChange={(grouping) => change({ grouping })}
        />
      )}
    </>
  );
}

type CertificateProps = { readonly value: string; readonly onChange: (credential: string) => void };

/** Who may not see certificates sees that there is one, and leaves it as it is. */
export function Certificate({ value, onChange }: CertificateProps) {
  const { t } = useTranslation('designs');
  const credentials = useQuery({ ...credentialsQuery, retry: false });
  if (credentials.isError) return <p className="quiet">{t('card.certificateHidden')}</p>;
  const items = credentials.data?.items ?? [];
  return (
    <Choice
      path="credentialId"
      label={t('card.certificate')}
      hint={
        <>
          {t('card.certificateHint')} <Link to="/certificates">{t('card.certificates')}</Link>
        </>
      }
      value={value}
      of={[
        { value: '', label: t('card.noCertificate') },
        ...items.map(({ credentialId, name }) => ({ value: String(credentialId), label: name })),
      ]}
      onChange={onChange}
    />
  );
}

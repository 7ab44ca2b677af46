import type { AccountDetail } from '@tessera/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { Icon } from '../ui/icon.tsx';
import { Moment } from '../ui/moment.tsx';
import { Consents } from './consents.tsx';
import { GuestData } from './guest-data.tsx';
import styles from './guest-facts.module.css';
import { Note } from './note.tsx';
import overview from './overview.module.css';

/** What the guest has told about himself and agreed to. Facts that are missing take no room. */
export function GuestFacts({ account }: { readonly account: AccountDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { guest } = account;
  return (
    <section>
      <h2 className={overview.title}>{t('guest.title')}</h2>
      <Note account={account} />
      <dl className={styles.facts}>
        {guest.identifiers.map((identifier) => (
          <Fact
            key={`${identifier.kind} ${identifier.value}`}
            name={t(`guest.identifiers.${identifier.kind}`, identifier.kind)}
          >
            <IdentifierValue identifier={identifier} />
          </Fact>
        ))}
        {guest.email && <Fact name={t('guest.email')}>{guest.email}</Fact>}
        {guest.birthday && <Fact name={t('guest.birthday')}>{format.date(guest.birthday)}</Fact>}
        {guest.sex && <Fact name={t('guest.sex')}>{t(`guest.sexes.${guest.sex}`)}</Fact>}
        <Fact name={t('guest.language')}>{t(`settings.languages.${guest.language}`, guest.language)}</Fact>
        <Fact name={t('guest.group')}>{account.group.name}</Fact>
        <Fact name={t('guest.since')}>
          <Moment at={account.createdAt} as="day" />
        </Fact>
      </dl>
      <Consents account={account} />
      <GuestData account={account} />
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

type Identifier = AccountDetail['guest']['identifiers'][number];

function IdentifierValue({ identifier }: { readonly identifier: Identifier }) {
  const { t } = useTranslation();
  const format = useFormat();
  const phone = identifier.kind === 'phone';
  return (
    <>
      {phone ? format.phone(identifier.value.replace(/^\+/, '')) : identifier.value}
      {identifier.verifiedAt && (
        <span className={styles.verified} title={format.exact(identifier.verifiedAt)}>
          <Icon name="good" size={14} />
          {t('guest.verified')}
        </span>
      )}
    </>
  );
}

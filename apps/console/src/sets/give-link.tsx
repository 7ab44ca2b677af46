import { Button, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accountsQuery } from '../api/queries.ts';
import { useFormat } from '../app/format.ts';
import { GuestLink } from '../ui/guest-link.tsx';
import { useErrorText } from '../ui/states.tsx';
import { useGiveLink } from './queries.ts';
import styles from './sets.module.css';

const GUESTS_SHOWN = 5;

/** A guest's own link: found by phone or name, shown as an address and as a code for the guest's camera. */
export function GiveLink({ bundleId }: { readonly bundleId: number }) {
  const { t } = useTranslation('sets');
  const textOf = useErrorText();
  const give = useGiveLink(bundleId);
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    give.reset();
    setSearch(typed.trim());
  };
  return (
    <section className={styles.card}>
      <h2>{t('give.title')}</h2>
      <p className="quiet">{t('give.lead')}</p>
      <form className={styles.row} onSubmit={submit}>
        <TextInput
          className={styles.grow ?? ''}
          size="md"
          label={t('give.search')}
          maxLength={100}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" size="md" variant="default">
          {t('give.find')}
        </Button>
      </form>
      {search !== '' && !give.data && <Guests search={search} onChoose={give.mutate} busy={give.isPending} />}
      {give.isError && (
        <p className={styles.wrong} role="alert">
          {textOf(give.error)}
        </p>
      )}
      {give.data && (
        <GuestLink
          url={give.data.url}
          qr={give.data.qr}
          alt={t('give.qr', { name: give.data.guestName })}
          lead={t('give.given', { name: give.data.guestName || t('links.nameless') })}
        >
          <p className="small quiet">{t('give.secret')}</p>
        </GuestLink>
      )}
    </section>
  );
}

type GuestsProps = {
  readonly search: string;
  readonly onChoose: (accountId: number) => void;
  readonly busy: boolean;
};

function Guests({ search, onChoose, busy }: GuestsProps) {
  const { t } = useTranslation('sets');
  const format = useFormat();
  const found = useInfiniteQuery(accountsQuery(search));
  if (found.isPending) return null;
  const guests = found.data?.pages[0]?.items.slice(0, GUESTS_SHOWN) ?? [];
  if (guests.length === 0) return <p role="status">{t('give.none')}</p>;
  return (
    <ul className={styles.guests}>
      {guests.map(({ accountId, name, phone }) => (
        <li key={accountId}>
          <span>
            {name || t('links.nameless')}
            {phone && <span className="quiet"> {format.phone(phone)}</span>}
          </span>
          <Button variant="default" loading={busy} onClick={() => onChoose(accountId)}>
            {t('give.choose')}
          </Button>
        </li>
      ))}
    </ul>
  );
}

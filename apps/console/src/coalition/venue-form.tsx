import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { Partner } from '@tessera/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../ui/states.tsx';
import { usePartnerWrite } from './partner-write.ts';
import styles from './partners.module.css';

type VenueFormProps = {
  /** To choose from; one partner is chosen already. */
  readonly partners: readonly Partner[];
  readonly code?: number | undefined;
  readonly name?: string | undefined;
};

/** Gives a venue to a partner, by the code that its till sends. */
export function VenueForm({ partners, code, name: known = '' }: VenueFormProps) {
  const { t } = useTranslation('coalition');
  const textOf = useErrorText();
  const write = usePartnerWrite();
  const [venue, setVenue] = useState(code === undefined ? '' : String(code));
  const [name, setName] = useState(known);
  const [partnerId, setPartnerId] = useState(String(partners[0]?.partnerId ?? ''));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!/^\d{1,9}$/.test(venue) || name.trim() === '') return;
    const path = `/partners/${partnerId}/venues/${Number(venue)}`;
    const clear = (): void => {
      setVenue('');
      setName('');
    };
    write.mutate({ path, method: 'PUT', body: { name } }, { onSuccess: clear });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        className={styles.short}
        size="md"
        label={t('partners.code')}
        title={t('partners.codeHint')}
        inputMode="numeric"
        pattern="\d{1,9}"
        value={venue}
        onChange={(event) => setVenue(event.currentTarget.value)}
      />
      <TextInput
        className={styles.grow}
        size="md"
        label={t('partners.venueName')}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={write.isError ? textOf(write.error) : undefined}
      />
      {partners.length > 1 && (
        <NativeSelect
          className={styles.grow}
          size="md"
          label={t('partners.choose')}
          value={partnerId}
          onChange={(event) => setPartnerId(event.currentTarget.value)}
          data={partners.map((partner) => ({ value: String(partner.partnerId), label: partner.name }))}
        />
      )}
      <Button type="submit" size="md" variant="default" loading={write.isPending}>
        {partners.length > 1 ? t('partners.give') : t('partners.addVenue')}
      </Button>
    </form>
  );
}

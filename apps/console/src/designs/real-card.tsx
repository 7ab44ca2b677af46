import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../ui/states.tsx';
import parts from './parts.module.css';
import styles from './preview.module.css';
import { findCard } from './queries.ts';

type RealCardProps = {
  readonly designId: number;
  readonly serial: string;
  readonly onSerial: (serial: string) => void;
};

/** Lends the picture a guest: the sample one, or the owner of a card of this design. */
export function RealCard({ designId, serial, onSerial }: RealCardProps) {
  const { t } = useTranslation('designs');
  const textOf = useErrorText();
  const [typed, setTyped] = useState('');
  const find = useMutation({
    mutationFn: (wanted: string) => findCard(designId, wanted),
    onSuccess: (card) => onSerial(card.serial),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (typed.trim() !== '') find.mutate(typed.trim());
  };
  if (serial !== '' && find.data) {
    return (
      <p className={parts.note}>
        {t('real.shown', { serial })}{' '}
        <Link to="/passes/$passId" params={{ passId: String(find.data.passId) }}>
          {t('real.open')}
        </Link>{' '}
        <button type="button" className={styles.plain} onClick={() => onSerial('')}>
          {t('real.back')}
        </button>
      </p>
    );
  }
  return (
    <form className={styles.realCard} onSubmit={submit}>
      <TextInput
        size="sm"
        label={t('real.serial')}
        description={t('real.hint')}
        autoComplete="off"
        maxLength={64}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={find.isError ? textOf(find.error) : undefined}
      />
      <Button type="submit" size="sm" variant="default" loading={find.isPending}>
        {t('real.show')}
      </Button>
    </form>
  );
}

import { Button, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../ui/states.tsx';
import { usePartnerWrite } from './partner-write.ts';
import styles from './partners.module.css';

type PartnerFormProps = {
  readonly way: { readonly path: string; readonly method: 'POST' | 'PUT' };
  /** What the partner is called until now; a new one is called nothing. */
  readonly name?: string;
  readonly placeholder?: string;
  readonly button: string;
  /** Further buttons. */
  readonly children?: ReactNode;
  readonly onDone?: () => void;
};

/** The name of a partner, of a new one or another for a known one. */
export function PartnerForm({ way, name: before = '', placeholder = '', button, children, onDone }: PartnerFormProps) {
  const { t } = useTranslation('coalition');
  const textOf = useErrorText();
  const write = usePartnerWrite();
  const [name, setName] = useState(before);
  const done = (): void => {
    setName(before);
    onDone?.();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== '') write.mutate({ ...way, body: { name } }, { onSuccess: done });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        className={styles.grow}
        size="md"
        label={t('partners.name')}
        placeholder={placeholder}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={write.isError ? textOf(write.error) : undefined}
      />
      <Button type="submit" size="md" loading={write.isPending}>
        {button}
      </Button>
      {children}
    </form>
  );
}

import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf, NOTHING, type Numbers } from './code.ts';
import styles from './receipts.module.css';

type NumbersFormProps = { readonly busy: boolean; readonly onSend: (qr: string) => void };

/** What a person reads from a photo, and approves with it. */
export function NumbersForm({ busy, onSend }: NumbersFormProps) {
  const { t } = useTranslation('receipts');
  const [numbers, setNumbers] = useState(NOTHING);
  const qr = codeOf(numbers);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (qr !== null) onSend(qr);
  };
  const types: Partial<Record<keyof Numbers, string>> = { date: 'date', time: 'time' };
  return (
    <form className={styles.form} onSubmit={submit}>
      <div className={styles.fields}>
        {(Object.keys(NOTHING) as (keyof Numbers)[]).map((name) => (
          <TextInput
            key={name}
            label={t(`field.${name}`)}
            type={types[name] ?? 'text'}
            inputMode={types[name] ? undefined : 'decimal'}
            maxLength={20}
            value={numbers[name]}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setNumbers((before) => ({ ...before, [name]: value }));
            }}
          />
        ))}
      </div>
      <div className={styles.actions}>
        <Button type="submit" loading={busy} disabled={qr === null}>
          {t('approveNumbers')}
        </Button>
      </div>
    </form>
  );
}

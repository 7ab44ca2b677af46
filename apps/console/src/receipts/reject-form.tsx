import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { RejectReceipt } from '@tessera/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './receipts.module.css';

const REASONS = ['unreadable', 'wrong_venue', 'too_old', 'duplicate', 'pos_check', 'too_small', 'other'] as const;

type RejectFormProps = {
  readonly busy: boolean;
  readonly onSend: (body: RejectReceipt) => void;
  readonly onCancel: () => void;
};

/** Why a receipt is not taken: the guest reads the reason, and the word if there is one. */
export function RejectForm({ busy, onSend, onCancel }: RejectFormProps) {
  const { t } = useTranslation('receipts');
  const [reason, setReason] = useState<RejectReceipt['reason']>('unreadable');
  const [note, setNote] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSend({ reason, ...(note.trim() === '' ? {} : { note: note.trim() }) });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <NativeSelect
        data-autofocus
        label={t('rejection.reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value as RejectReceipt['reason'])}
        data={REASONS.map((value) => ({ value, label: t(`reasons.${value}`) }))}
      />
      <TextInput
        label={t('rejection.note')}
        description={t('rejection.noteHint')}
        maxLength={300}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <div className={styles.actions}>
        <Button type="submit" color="red" loading={busy}>
          {t('rejection.send')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('rejection.cancel')}
        </Button>
      </div>
    </form>
  );
}

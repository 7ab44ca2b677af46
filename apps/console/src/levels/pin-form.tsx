import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { AccountDetail, LevelAnswer } from '@tessera/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/http.ts';
import { useErrorText } from '../ui/states.tsx';
import styles from './pin-form.module.css';

type Pin = { readonly action: 'pin-level' | 'unpin-level'; readonly body: Readonly<Record<string, unknown>> };

/** Holds the guest on a level by hand, or takes that off. One key for one opening of the form. */
export default function PinForm({
  account,
  onClose,
}: {
  readonly account: AccountDetail;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('levels');
  const textOf = useErrorText();
  const write = usePin(account.accountId, onClose);
  const { levels, pinned } = account.ladder;
  const [level, setLevel] = useState(pinned?.level.id ?? account.level.id);
  const [lastDay, setLastDay] = useState('');
  const [comment, setComment] = useState('');
  const said = comment.trim() === '' ? {} : { comment: comment.trim() };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    write.mutate({ action: 'pin-level', body: { level, lastDay: lastDay === '' ? null : lastDay, ...said } });
  };
  return (
    <form className={styles.form} onSubmit={submit} aria-label={t('pin.title')}>
      <p className="small quiet">{t('pin.about')}</p>
      <NativeSelect
        size="md"
        label={t('pin.level')}
        value={level}
        onChange={(event) => setLevel(event.currentTarget.value)}
        data={levels.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextInput
        size="md"
        type="date"
        label={t('pin.lastDay')}
        description={t('pin.lastDayHint')}
        value={lastDay}
        onChange={(event) => setLastDay(event.currentTarget.value)}
      />
      <TextInput
        size="md"
        label={t('pin.comment')}
        maxLength={500}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      {write.isError && (
        <p role="alert" className={styles.failed}>
          {textOf(write.error)}
        </p>
      )}
      <div className={styles.buttons}>
        <Button type="submit" size="md" loading={write.isPending}>
          {t('pin.save')}
        </Button>
        <Button size="md" variant="default" onClick={onClose}>
          {t('pin.cancel')}
        </Button>
        {pinned && (
          <Button
            className={styles.off}
            size="md"
            variant="subtle"
            disabled={write.isPending}
            onClick={() => write.mutate({ action: 'unpin-level', body: said })}
          >
            {t('pin.takeOff')}
          </Button>
        )}
      </div>
    </form>
  );
}

function usePin(accountId: number, onDone: () => void) {
  const queryClient = useQueryClient();
  const [key, setKey] = useState(() => crypto.randomUUID());
  return useMutation({
    mutationFn: ({ action, body }: Pin) =>
      request<LevelAnswer>(`/accounts/${accountId}/${action}`, {
        method: 'POST',
        // Another level or day is another wish; the same one sent again is not.
        body: { externalId: [action, key, body.level, body.lastDay].join(':'), ...body },
      }),
    async onSuccess() {
      setKey(crypto.randomUUID());
      await queryClient.invalidateQueries({ queryKey: ['account', String(accountId)] });
      onDone();
    },
  });
}

import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { AccountDetail, LevelAnswer } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/http.ts';
import { PanelForm } from '../ui/forms/panel-form.tsx';

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
  const write = usePin(account.accountId, onClose);
  const { levels, pinned } = account.ladder;
  const [level, setLevel] = useState(pinned?.level.id ?? account.level.id);
  const [lastDay, setLastDay] = useState('');
  const [comment, setComment] = useState('');
  const said = comment.trim() === '' ? {} : { comment: comment.trim() };
  const submit = (): void =>
    write.mutate({ action: 'pin-level', body: { level, lastDay: lastDay === '' ? null : lastDay, ...said } });
  const takeOff = pinned && (
    <Button
      size="md"
      variant="subtle"
      disabled={write.isPending}
      onClick={() => write.mutate({ action: 'unpin-level', body: said })}
    >
      {t('pin.takeOff')}
    </Button>
  );
  return (
    <PanelForm
      label={t('pin.title')}
      action={t('pin.save')}
      cancel={t('pin.cancel')}
      busy={write.isPending}
      error={write.error}
      onSubmit={submit}
      onCancel={onClose}
      aside={takeOff}
    >
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
    </PanelForm>
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

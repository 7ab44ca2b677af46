import { Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { AccountDetail, GuestNote } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/http.ts';
import { PanelForm } from '../ui/forms/panel-form.tsx';

const LENGTH_MAX = 500;

/** Writes what whoever serves the guest should know. */
export default function NoteForm({
  account,
  onClose,
}: {
  readonly account: AccountDetail;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('adjusting');
  const queryClient = useQueryClient();
  const [note, setNote] = useState(account.guest.note);
  const write = useMutation({
    mutationFn: (text: string) =>
      request<GuestNote>(`/guests/${account.guest.guestId}/note`, { method: 'PUT', body: { note: text } }),
    async onSuccess() {
      await queryClient.invalidateQueries({ queryKey: ['account', String(account.accountId)] });
      onClose();
    },
  });
  return (
    <PanelForm
      label={t('note.title')}
      action={t('note.save')}
      cancel={t('note.cancel')}
      busy={write.isPending}
      error={write.error}
      onSubmit={() => write.mutate(note.trim())}
      onCancel={onClose}
    >
      <Textarea
        size="md"
        label={t('note.label')}
        description={t('note.hint')}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={LENGTH_MAX}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </PanelForm>
  );
}

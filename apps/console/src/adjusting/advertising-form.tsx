import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { AccountDetail, GuestAdvertising } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { request } from '../api/http.ts';
import { PanelForm, Question } from '../ui/forms/panel-form.tsx';

/** Takes back what a guest has agreed to hear, because he has asked for it. */
export default function AdvertisingForm({
  account,
  onClose,
}: {
  readonly account: AccountDetail;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('adjusting');
  const queryClient = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => request<GuestAdvertising>(`/guests/${account.guest.guestId}/advertising`, { method: 'DELETE' }),
    async onSuccess() {
      await queryClient.invalidateQueries({ queryKey: ['account', String(account.accountId)] });
      onClose();
    },
  });
  return (
    <PanelForm
      label={t('advertising.title')}
      action={t('advertising.go')}
      cancel={t('advertising.cancel')}
      busy={withdraw.isPending}
      error={withdraw.error}
      focusAction
      onSubmit={() => withdraw.mutate()}
      onCancel={onClose}
    >
      <Question>{t('advertising.question')}</Question>
    </PanelForm>
  );
}

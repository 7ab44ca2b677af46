import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AccountDetail, ErasureBasis, GuestErasure, NewErasure } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mainPhone } from '../account/guest.ts';
import { request } from '../api/http.ts';
import { useFormat } from '../app/format.ts';
import { PanelForm } from '../ui/forms/panel-form.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Failed } from '../ui/states.tsx';
import styles from './privacy.module.css';
import { erasureQuery } from './queries.ts';
import { WhatGoes } from './what-goes.tsx';

const BASES = ['request', 'consent_withdrawn', 'inactive', 'operator'] as const;

type FormProps = { readonly account: AccountDetail; readonly onClose: () => void };

/** Erases a guest: what goes and what stays in words, and the end of his phone so that it is nobody else. */
export default function EraseForm({ account, onClose }: FormProps) {
  const erasure = useQuery(erasureQuery(account.guest.guestId));
  if (erasure.isPending) return <SkeletonBlock height={320} />;
  if (erasure.isError) return <Failed error={erasure.error} onRetry={() => void erasure.refetch()} />;
  return <Asking account={account} erasure={erasure.data} onClose={onClose} />;
}

function Asking({ account, erasure, onClose }: FormProps & { readonly erasure: GuestErasure }) {
  const { t } = useTranslation('privacy');
  const format = useFormat();
  const queryClient = useQueryClient();
  const [basis, setBasis] = useState<ErasureBasis>('request');
  const [requestedOn, setRequestedOn] = useState('');
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const phone = mainPhone(account.guest);
  const wanted = phone ? phone.slice(-4) : String(account.accountId);
  const body: NewErasure = { basis, ...(requestedOn === '' ? {} : { requestedOn }) };
  const write = useMutation({
    mutationFn: () => request<GuestErasure>(`/guests/${account.guest.guestId}/erasure`, { method: 'POST', body }),
    async onSuccess() {
      await queryClient.invalidateQueries({ queryKey: ['account'] });
      await queryClient.invalidateQueries({ queryKey: ['accounts'] });
      await queryClient.invalidateQueries({ queryKey: ['erasure'] });
      onClose();
    },
  });
  const submit = (): void => {
    const right = typed.replace(/\D/g, '') === wanted;
    setWrong(!right);
    if (right) write.mutate();
  };
  const asked = basis === 'request' || basis === 'consent_withdrawn';
  return (
    <PanelForm
      label={t('title')}
      action={t('erase')}
      cancel={t('cancel')}
      busy={write.isPending}
      error={write.error}
      danger
      onSubmit={submit}
      onCancel={onClose}
    >
      <p className={styles.warning}>{t('lead')}</p>
      {erasure.deposit > 0 && <p role="alert">{t('deposit', { money: format.money(erasure.deposit) })}</p>}
      <h3 className={styles.title}>{t('goes')}</h3>
      <WhatGoes goes={erasure.goes} />
      <h3 className={styles.title}>{t('stays')}</h3>
      <ul className={styles.list}>
        <li>{t('staysLedger')}</li>
        <li>{t('staysRecord')}</li>
      </ul>
      <p className="small quiet">{t('back')}</p>
      <NativeSelect
        size="md"
        label={t('basis')}
        value={basis}
        onChange={(event) => setBasis(event.currentTarget.value as ErasureBasis)}
        data={BASES.map((value) => ({ value, label: t(`bases.${value}`) }))}
      />
      {asked && (
        <TextInput
          size="md"
          type="date"
          label={t('requestedOn')}
          value={requestedOn}
          onChange={(event) => setRequestedOn(event.currentTarget.value)}
        />
      )}
      <TextInput
        size="md"
        inputMode="numeric"
        autoComplete="off"
        maxLength={20}
        label={phone ? t('confirmPhone') : t('confirmAccount', { account: account.accountId })}
        description={t('confirmHint')}
        error={wrong && t('confirmWrong')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </PanelForm>
  );
}

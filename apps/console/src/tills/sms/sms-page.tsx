import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { SmsAccount } from '@tessera/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from '../../ui/mark.tsx';
import { Moment } from '../../ui/moment.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { Empty, Failed, useErrorText } from '../../ui/states.tsx';
import { TillsPage, useMayChange } from '../room.tsx';
import styles from '../tills.module.css';
import { smsAccountQuery, useCheckSmsAccount, useSaveSmsAccount } from './queries.ts';

/** The account at sms.ru that codes of registration and PINs go through. */
export function SmsPage() {
  const { t } = useTranslation('tills');
  const mayChange = useMayChange();
  return (
    <TillsPage title={t('sms.title')} lead={t('sms.lead')} narrow>
      {mayChange ? <OfOwner /> : <Empty title={t('sms.ownerTitle')} text={t('sms.ownerText')} />}
    </TillsPage>
  );
}

function OfOwner() {
  const found = useQuery(smsAccountQuery);
  if (found.isPending) return <SkeletonRows rows={3} height={72} />;
  if (found.isError && found.data === undefined)
    return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  return <Account account={found.data ?? null} />;
}

function Account({ account }: { readonly account: SmsAccount }) {
  const { t } = useTranslation('tills');
  const check = useCheckSmsAccount();
  return (
    <div className={styles.stack}>
      {account === null ? <p>{t('sms.none')}</p> : <Standing account={account} check={check} />}
      <AccountForm account={account} onSaved={() => check.mutate()} />
    </div>
  );
}

type StandingProps = {
  readonly account: NonNullable<SmsAccount>;
  readonly check: ReturnType<typeof useCheckSmsAccount>;
};

/** What failed lately, and what sms.ru says when asked. */
function Standing({ account, check }: StandingProps) {
  const { t } = useTranslation('tills');
  const textOf = useErrorText();
  return (
    <div className={styles.head}>
      <div role="status" className={styles.told}>
        {check.data ? (
          <Mark tone={check.data.ready ? 'good' : 'warning'}>{check.data.message}</Mark>
        ) : (
          <Mark tone="quiet">{t('sms.key', { hint: account.keyHint })}</Mark>
        )}
        {check.isError && <p>{textOf(check.error)}</p>}
        {account.failing.map(({ channel, at, message }) => (
          <p key={channel} className="small">
            {t(`sms.failed.${channel}`)}: {message} (<Moment at={at} />)
          </p>
        ))}
      </div>
      <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
        {t('sms.check')}
      </Button>
    </div>
  );
}

/** The key is a secret: it stays in this form until it is sent, and is kept nowhere. */
function AccountForm({ account, onSaved }: { readonly account: SmsAccount; readonly onSaved: () => void }) {
  const { t } = useTranslation('tills');
  const textOf = useErrorText();
  const save = useSaveSmsAccount();
  const [key, setKey] = useState('');
  const [sender, setSender] = useState(account?.sender ?? '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const body = { ...(key.trim() ? { apiId: key.trim() } : {}), sender: sender.trim() || null };
    save.mutate(body, {
      onSuccess: () => {
        setKey('');
        onSaved();
      },
    });
  };
  return (
    <form className={styles.stack} onSubmit={submit}>
      <PasswordInput
        name="apiId"
        label={t('sms.apiId')}
        description={account ? t('sms.apiIdKept') : t('sms.apiIdHint')}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
        required={account === null}
        withAsterisk={false}
        autoComplete="off"
        size="md"
      />
      <TextInput
        name="sender"
        label={t('sms.sender')}
        description={t('sms.senderHint')}
        value={sender}
        onChange={(event) => setSender(event.currentTarget.value)}
        maxLength={11}
        autoComplete="off"
        size="md"
      />
      <div className={styles.head}>
        <Button type="submit" size="md" loading={save.isPending}>
          {account ? t('save') : t('sms.connect')}
        </Button>
        {save.isError && <p role="alert">{textOf(save.error)}</p>}
      </div>
    </form>
  );
}

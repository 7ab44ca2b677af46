import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { AddedPass, NewPass } from '@tessera/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { guestName } from '../account/guest.ts';
import { request } from '../api/http.ts';
import { accountQuery } from '../api/queries.ts';
import { groupsQuery } from '../imports/queries.ts';
import { Page } from '../ui/page.tsx';
import { Empty, Failed, useErrorText } from '../ui/states.tsx';
import styles from './passes.module.css';
import { choicesQuery } from './queries.ts';

const PLAIN = /^[0-9A-Za-z]*$/;

/** A new card: its design, its number if somebody has chosen one, and whose it is. */
export function NewPassPage() {
  const { t } = useTranslation('passes');
  const { accountId } = useSearch({ from: '/rooms/passes/new' });
  const account = useQuery({ ...accountQuery(accountId ?? ''), enabled: accountId !== undefined });
  const [added, setAdded] = useState<AddedPass | null>(null);
  const name = account.data ? guestName(account.data.guest) : '';
  const lead = name === '' ? t('add.lead') : t('add.forGuest', { name });
  return (
    <Page title={t('add.title')} lead={lead} back={{ to: '/passes', label: t('title') }} narrow>
      {added ? <Done added={added} onMore={() => setAdded(null)} /> : <AddForm onAdded={setAdded} />}
    </Page>
  );
}

function Done({ added, onMore }: { readonly added: AddedPass; readonly onMore: () => void }) {
  const { t } = useTranslation('passes');
  return (
    <section className={styles.block} role="status">
      <h2>{added.known ? t('add.known') : t('add.done')}</h2>
      <p className="mono">{added.serial}</p>
      {added.warnings.map(({ code, message }) => (
        <p key={code} className={styles.notice}>
          {message}
        </p>
      ))}
      <div className={styles.actions}>
        <Button component={Link} to="/passes/$passId" params={{ passId: String(added.passId) } as never}>
          {t('add.open')}
        </Button>
        <Button variant="default" onClick={onMore}>
          {t('add.more')}
        </Button>
      </div>
    </section>
  );
}

function AddForm({ onAdded }: { readonly onAdded: (added: AddedPass) => void }) {
  const { t } = useTranslation('passes');
  const textOf = useErrorText();
  const { designId: wanted = '', accountId } = useSearch({ from: '/rooms/passes/new' });
  const choices = useQuery(choicesQuery);
  const groups = useQuery(groupsQuery);
  const [draft, setDraft] = useState({
    designId: wanted,
    groupId: '',
    serial: '',
    phone: '',
    firstName: '',
    lastName: '',
  });
  const designs = (choices.data?.designs ?? []).filter((one) => !one.archived && one.credentialId !== null);
  // An address may name a design that gives out no cards any more.
  const chosen = designs.find((one) => String(one.designId) === draft.designId) ?? designs[0];
  const designId = Number(chosen?.designId);
  const fitting = (groups.data?.items ?? []).filter((one) => one.programmeId === chosen?.programmeId);
  const groupId = Number(draft.groupId || fitting[0]?.groupId);
  const send = useMutation({
    mutationFn: (body: NewPass) => request<AddedPass>('/passes', { method: 'POST', body }),
    onSuccess: onAdded,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const { serial, phone, firstName, lastName } = draft;
    const owner = accountId ? { accountId: Number(accountId) } : { guest: { phone, groupId, firstName, lastName } };
    send.mutate({ designId, ...owner, ...(serial.trim() === '' ? {} : { serial: serial.trim() }) });
  };
  const typed = (name: 'serial' | 'phone' | 'firstName' | 'lastName', rest: object = {}) => (
    <TextInput
      size="md"
      autoComplete="off"
      maxLength={name === 'serial' ? 64 : 100}
      label={t(`add.${name}`)}
      value={draft[name]}
      onChange={(event) => setDraft({ ...draft, [name]: event.currentTarget.value })}
      {...rest}
    />
  );
  const failed = [choices, ...(accountId === undefined ? [groups] : [])].find((one) => one.isError && !one.data);
  if (failed) return <Failed error={failed.error} onRetry={() => void failed.refetch()} />;
  if (choices.data && designs.length === 0) {
    return (
      <Empty title={t('add.noDesign')} text={t('add.noDesignText')}>
        <Button component={Link} to="/designs">
          {t('add.toDesigns')}
        </Button>
      </Empty>
    );
  }
  const odd = !PLAIN.test(draft.serial.trim());
  const ready = designId > 0 && (accountId !== undefined || (draft.phone.trim() !== '' && groupId > 0));
  return (
    <form className={styles.form} onSubmit={submit}>
      <NativeSelect
        size="md"
        label={t('add.designId')}
        value={String(designId)}
        onChange={(event) => setDraft({ ...draft, designId: event.currentTarget.value, groupId: '' })}
        data={designs.map((one) => ({ value: String(one.designId), label: one.name }))}
      />
      {typed('serial', { description: odd ? t('add.serialOdd') : t('add.serialHint') })}
      {accountId === undefined && (
        <>
          {typed('phone', { type: 'tel', description: t('add.phoneHint') })}
          {typed('firstName')}
          {typed('lastName')}
          {fitting.length > 1 && (
            <NativeSelect
              size="md"
              label={t('add.groupId')}
              value={String(groupId)}
              onChange={(event) => setDraft({ ...draft, groupId: event.currentTarget.value })}
              data={fitting.map((one) => ({ value: String(one.groupId), label: one.name }))}
            />
          )}
        </>
      )}
      {send.isError && (
        <p role="alert" className={styles.notice}>
          {textOf(send.error)}
        </p>
      )}
      <Button type="submit" size="md" disabled={!ready} loading={send.isPending}>
        {t('add.send')}
      </Button>
    </form>
  );
}

import { Button, TextInput } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CardSharing } from '@tessera/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/http.ts';
import { useFormat } from '../app/format.ts';
import { NewNumber } from '../passes/new-number.tsx';
import { Moment } from '../ui/moment.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Empty, Failed, useErrorText } from '../ui/states.tsx';
import styles from './sets.module.css';

type SharedCard = CardSharing['items'][number];

const sharingQuery = queryOptions({
  queryKey: ['card-sharing'],
  queryFn: ({ signal }) => request<CardSharing>('/card-sharing', { signal }),
});

/** Cards on more devices than a guest has, and the way to give such a card a new number. */
export function SharingPage() {
  const { t } = useTranslation('sets');
  const sharing = useQuery(sharingQuery);
  const back = { to: '/designs', label: t('back') } as const;
  return (
    <Page title={t('sharing.title')} lead={t('sharing.lead')} back={back} narrow>
      {sharing.isPending && <SkeletonRows rows={3} height={96} />}
      {sharing.isError && !sharing.data && <Failed error={sharing.error} onRetry={() => void sharing.refetch()} />}
      {sharing.data && (
        <div className={styles.stack}>
          <Limit key={sharing.data.devicesMax} devicesMax={sharing.data.devicesMax} />
          {sharing.data.items.length === 0 ? (
            <Empty title={t('sharing.empty.title')} text={t('sharing.empty.text')} />
          ) : (
            sharing.data.items.map((card) => <Shared key={card.guid} card={card} />)
          )}
        </div>
      )}
    </Page>
  );
}

function Limit({ devicesMax }: { readonly devicesMax: number }) {
  const { t } = useTranslation('sets');
  const textOf = useErrorText();
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState(String(devicesMax));
  const save = useMutation({
    mutationFn: (body: { devicesMax: number }) => request<CardSharing>('/card-sharing', { method: 'PUT', body }),
    onSuccess: (answer) => queryClient.setQueryData(sharingQuery.queryKey, answer),
  });
  const wrong = !/^([1-9]\d?|100)$/.test(typed);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!wrong) save.mutate({ devicesMax: Number(typed) });
  };
  return (
    <form className={styles.row} onSubmit={submit}>
      <TextInput
        className={styles.grow ?? ''}
        size="md"
        label={t('sharing.limit')}
        inputMode="numeric"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={(wrong && t('sharing.limitWrong')) || (save.isError && textOf(save.error))}
      />
      <Button type="submit" size="md" variant="default" loading={save.isPending}>
        {t('save')}
      </Button>
    </form>
  );
}

function Shared({ card }: { readonly card: SharedCard }) {
  const { t } = useTranslation('sets');
  const format = useFormat();
  return (
    <section className={styles.card}>
      <h2>
        <Link to="/accounts/$accountId" params={{ accountId: String(card.accountId) }}>
          {card.guestName || t('links.nameless')}
        </Link>
      </h2>
      <p>
        {t('sharing.devices', { count: card.devices, number: format.count(card.devices), design: card.designName })}
      </p>
      <p className="small quiet">
        <span className="mono">{card.serial}</span> · {t('sharing.last')} <Moment at={card.lastAt} />
        {card.sharingProhibited && ` · ${t('sharing.prohibited')}`}
      </p>
      <NewNumber guid={card.guid} />
    </section>
  );
}

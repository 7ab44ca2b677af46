import { Button, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { CouponKindView } from '@tessera/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileAddress } from '../api/http.ts';
import { useFormat } from '../app/format.ts';
import { Moment } from '../ui/moment.tsx';
import { More } from '../ui/more.tsx';
import { Page } from '../ui/page.tsx';
import { PageToCome } from '../ui/page-to-come.tsx';
import { Failed, useErrorText } from '../ui/states.tsx';
import table from '../ui/table.module.css';
import styles from './coupons.module.css';
import { type Draft, draftOf, termsOf } from './draft.ts';
import { KindForm } from './kind-form.tsx';
import { batchesQuery, kindQuery, kindUsesQuery, useCouponWrite } from './queries.ts';
import { useTermsText } from './tell-terms.ts';

/** One kind: its terms, its codes and every use of it. */
export function KindPage() {
  const { t } = useTranslation('coupons');
  const { kindId } = useParams({ from: '/rooms/coupons/$kindId' });
  const kind = useQuery(kindQuery(kindId));
  const tell = useTermsText();
  const back = { to: '/coupons', label: t('kinds.title') } as const;
  if (!kind.data) return <PageToCome title={back.label} back={back} query={kind} height={320} />;
  const { name, mode, terms, numbers } = kind.data;
  const told = t('kind.lead', { what: tell(terms), mode: t(`mode.${mode}`).toLowerCase(), used: numbers.used });
  return (
    <Page title={name} lead={told} back={back}>
      <Change key={JSON.stringify(terms)} kind={kind.data} />
      {mode === 'unique' && <Codes kindId={kindId} />}
      {mode === 'personal' && <Issue kindId={Number(kindId)} />}
      <Uses kindId={kindId} />
    </Page>
  );
}

function Change({ kind }: { readonly kind: CouponKindView }) {
  const { t } = useTranslation('coupons');
  const write = useCouponWrite();
  const [draft, setDraft] = useState<Draft>(() => draftOf(kind, kind.terms));
  const save = (active: boolean): void => {
    const terms = termsOf(draft);
    if (terms === null) return;
    const body = { name: draft.name, active, terms };
    write.mutate({ path: `/coupon-kinds/${kind.kindId}`, method: 'PUT', body });
  };
  return (
    <KindForm
      draft={draft}
      onChange={(change) => setDraft({ ...draft, ...change })}
      programmes={[]}
      isNew={false}
      saving={write.isPending}
      error={write.error}
      onSave={() => save(kind.active)}
      actions={
        <Button size="md" variant="default" onClick={() => save(!kind.active)} loading={write.isPending}>
          {kind.active ? t('kind.stop') : t('kind.start')}
        </Button>
      }
    />
  );
}

function Codes({ kindId }: { readonly kindId: string }) {
  const { t } = useTranslation('coupons');
  const format = useFormat();
  const textOf = useErrorText();
  const batches = useQuery(batchesQuery(kindId));
  const write = useCouponWrite();
  const [count, setCount] = useState('1000');
  const [key, setKey] = useState(() => crypto.randomUUID());
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const body = { externalId: key, count: Number(count) };
    const path = `/coupon-kinds/${kindId}/batches`;
    write.mutate({ path, method: 'POST', body }, { onSuccess: () => setKey(crypto.randomUUID()) });
  };
  return (
    <section className={styles.section}>
      <h2>{t('codes.title')}</h2>
      <form className={styles.row} onSubmit={submit}>
        <TextInput
          className={styles.short}
          size="md"
          label={t('codes.count')}
          inputMode="numeric"
          pattern="[1-9][0-9]{0,5}"
          required
          value={count}
          onChange={(event) => setCount(event.currentTarget.value)}
          error={write.isError ? textOf(write.error) : undefined}
        />
        <Button type="submit" size="md" loading={write.isPending}>
          {t('codes.make')}
        </Button>
      </form>
      <ul>
        {(batches.data?.items ?? []).map((batch) => (
          <li key={batch.batchId} className={styles.row}>
            <span>
              {t('codes.made', { made: format.count(batch.made), wanted: format.count(batch.wanted) })}{' '}
              <span className="quiet">
                <Moment at={batch.createdAt} />
              </span>
            </span>
            {batch.made >= batch.wanted && (
              <a href={fileAddress(`/coupon-kinds/${kindId}/batches/${batch.batchId}/codes.csv`)} download>
                {t('codes.download')}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Issue({ kindId }: { readonly kindId: number }) {
  const { t } = useTranslation('coupons');
  const textOf = useErrorText();
  const write = useCouponWrite<{ code: string }>();
  const [accountId, setAccountId] = useState('');
  const [key, setKey] = useState(() => crypto.randomUUID());
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const body = { externalId: key, kindId, accountId: Number(accountId) };
    write.mutate({ path: '/coupons', method: 'POST', body }, { onSuccess: () => setKey(crypto.randomUUID()) });
  };
  return (
    <section className={styles.section}>
      <h2>{t('issue.title')}</h2>
      <form className={styles.row} onSubmit={submit}>
        <TextInput
          className={styles.grow}
          size="md"
          label={t('issue.account')}
          description={t('issue.hint')}
          inputMode="numeric"
          pattern="\d{1,15}"
          required
          value={accountId}
          onChange={(event) => setAccountId(event.currentTarget.value)}
          error={write.isError ? textOf(write.error) : undefined}
        />
        <Button type="submit" size="md" loading={write.isPending}>
          {t('issue.give')}
        </Button>
      </form>
      {write.isSuccess && (
        <p role="status">
          {t('issue.done')} <span className={styles.code}>{write.data.code}</span>
        </p>
      )}
    </section>
  );
}

function Uses({ kindId }: { readonly kindId: string }) {
  const { t } = useTranslation('coupons');
  const format = useFormat();
  const list = useInfiniteQuery(kindUsesQuery(kindId));
  const uses = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className={styles.section}>
      <h2>{t('uses.title')}</h2>
      {list.isError && !list.data && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && uses.length === 0 && <p className="quiet">{t('uses.empty')}</p>}
      {uses.length > 0 && (
        <table className={table.table}>
          <thead>
            <tr>
              <th>{t('uses.when')}</th>
              <th>{t('uses.guest')}</th>
              <th className={table.right}>{t('uses.discount')}</th>
            </tr>
          </thead>
          <tbody>
            {uses.map((use) => (
              <tr key={use.useId}>
                <td>
                  <Moment at={use.usedAt} />
                  {use.returnedAt && <p className="small quiet">{t('uses.returned')}</p>}
                </td>
                <td>
                  {use.accountId === null ? (
                    '–'
                  ) : (
                    <Link to="/accounts/$accountId" params={{ accountId: String(use.accountId) }}>
                      {t('uses.account', { id: use.accountId })}
                    </Link>
                  )}
                </td>
                <td className={table.right}>{use.discount > 0 ? format.money(use.discount) : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <More list={list} />
    </section>
  );
}

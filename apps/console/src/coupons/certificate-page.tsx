import { Button, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { CertificateView } from '@tessera/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { useSumUnit } from '../ui/forms/sum-unit.tsx';
import { Mark } from '../ui/mark.tsx';
import { Moment } from '../ui/moment.tsx';
import { More } from '../ui/more.tsx';
import { Page } from '../ui/page.tsx';
import { PageToCome } from '../ui/page-to-come.tsx';
import { Failed, useErrorText } from '../ui/states.tsx';
import table from '../ui/table.module.css';
import styles from './coupons.module.css';
import { toMinor } from './draft.ts';
import { certificateEntriesQuery, certificateQuery, useCouponWrite } from './queries.ts';

/** One certificate: what is left, every movement of it, more money, a block. */
export function CertificatePage() {
  const { t } = useTranslation('coupons');
  const { certificateId } = useParams({ from: '/rooms/coupons/certificates/$certificateId' });
  const found = useQuery(certificateQuery(certificateId));
  const back = { to: '/coupons/certificates', label: t('certificates.title') } as const;
  if (!found.data) return <PageToCome title={back.label} back={back} query={found} height={240} narrow />;
  return (
    <Page title={found.data.code} lead={found.data.note || undefined} back={back} narrow>
      <Balance certificate={found.data} />
      <Entries certificateId={certificateId} />
    </Page>
  );
}

function Balance({ certificate }: { readonly certificate: CertificateView }) {
  const { t } = useTranslation('coupons');
  const format = useFormat();
  const textOf = useErrorText();
  const write = useCouponWrite();
  const sum = useSumUnit();
  const [amount, setAmount] = useState('');
  const [key, setKey] = useState(() => crypto.randomUUID());
  const path = `/certificates/${certificate.certificateId}`;
  const minor = toMinor(amount);
  const topUp = (event: FormEvent): void => {
    event.preventDefault();
    if (!minor) return;
    const done = (): void => {
      setKey(crypto.randomUUID());
      setAmount('');
    };
    const body = { externalId: key, amount: minor, paid: true };
    write.mutate({ path: `${path}/top-ups`, method: 'POST', body }, { onSuccess: done });
  };
  return (
    <>
      <p className={styles.figure}>{format.money(certificate.balance)}</p>
      <p className={`quiet ${styles.balance}`}>{t('certificate.of', { money: format.money(certificate.nominal) })}</p>
      {certificate.blocked && <Mark tone="bad">{t('certificates.blocked')}</Mark>}
      {write.isError && <p role="alert">{textOf(write.error)}</p>}
      <form className={styles.row} onSubmit={topUp}>
        <TextInput
          className={styles.short}
          size="md"
          label={t('certificate.topUpAmount')}
          inputMode="decimal"
          {...sum}
          value={amount}
          onChange={(event) => setAmount(event.currentTarget.value)}
          disabled={certificate.blocked}
        />
        <Button type="submit" size="md" loading={write.isPending} disabled={certificate.blocked || !minor}>
          {t('certificate.topUp')}
        </Button>
        <Button
          size="md"
          variant="default"
          loading={write.isPending}
          onClick={() =>
            write.mutate({ path: `${path}/block`, method: 'PUT', body: { blocked: !certificate.blocked } })
          }
        >
          {certificate.blocked ? t('certificate.unblock') : t('certificate.block')}
        </Button>
      </form>
    </>
  );
}

function Entries({ certificateId }: { readonly certificateId: string }) {
  const { t } = useTranslation('coupons');
  const format = useFormat();
  const list = useInfiniteQuery(certificateEntriesQuery(certificateId));
  const entries = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className={styles.section}>
      <h2>{t('certificate.entries')}</h2>
      {list.isError && !list.data && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      <table className={table.table}>
        <thead>
          <tr>
            <th>{t('certificate.what')}</th>
            <th className={table.right}>{t('certificate.amount')}</th>
            <th className={table.right}>{t('certificates.left')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ sequence, kind, amount, balance, checkId, recordedAt }) => (
            <tr key={sequence}>
              <td>
                {t(`entry.${kind}`)}
                <p className="small quiet">
                  <Moment at={recordedAt} />
                  {checkId !== null && ` · ${t('certificate.check', { id: checkId })}`}
                </p>
              </td>
              <td className={table.right}>
                {kind === 'pay' || kind === 'write_off' ? '−' : '+'}
                {format.money(amount)}
              </td>
              <td className={table.right}>{format.money(balance)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <More list={list} />
    </section>
  );
}

import { Button, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { CertificateView } from '@tessera/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { useSumUnit } from '../ui/forms/sum-unit.tsx';
import { Tick } from '../ui/forms/tick.tsx';
import { Mark } from '../ui/mark.tsx';
import { Moment } from '../ui/moment.tsx';
import { More } from '../ui/more.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Empty, Failed, useErrorText } from '../ui/states.tsx';
import table from '../ui/table.module.css';
import styles from './coupons.module.css';
import { toMinor } from './draft.ts';
import { certificatesQuery, useCouponWrite } from './queries.ts';

/** Gift certificates: sell one, find one, see what is left on each. */
export function CertificatesPage() {
  const { t } = useTranslation('coupons');
  const back = { to: '/coupons', label: t('kinds.title') } as const;
  const [code, setCode] = useState('');
  const list = useInfiniteQuery(certificatesQuery(code.trim()));
  const certificates = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Page title={t('certificates.title')} lead={t('certificates.lead')} back={back}>
      <Sell />
      <section className={styles.section}>
        <div className={styles.row}>
          <TextInput
            className={styles.grow}
            size="md"
            label={t('certificates.search')}
            maxLength={80}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        </div>
        {list.isPending && <SkeletonBlock height={160} />}
        {list.isError && !list.data && <Failed error={list.error} onRetry={() => void list.refetch()} />}
        {list.data && certificates.length === 0 && (
          <Empty title={t('certificates.emptyTitle')} text={t('certificates.emptyText')} />
        )}
        {certificates.length > 0 && (
          <table className={table.table}>
            <thead>
              <tr>
                <th>{t('certificates.code')}</th>
                <th className={styles.wide}>{t('certificates.sold')}</th>
                <th className={`${table.right} ${styles.wide}`}>{t('certificates.nominal')}</th>
                <th className={table.right}>{t('certificates.left')}</th>
              </tr>
            </thead>
            <tbody>
              {certificates.map((one) => (
                <Row key={one.certificateId} certificate={one} />
              ))}
            </tbody>
          </table>
        )}
        <More list={list} />
      </section>
    </Page>
  );
}

function Row({ certificate }: { readonly certificate: CertificateView }) {
  const { t } = useTranslation('coupons');
  const format = useFormat();
  return (
    <tr>
      <td>
        <Link
          to="/coupons/certificates/$certificateId"
          params={{ certificateId: String(certificate.certificateId) }}
          className={`${table.cover} ${styles.code}`}
        >
          {certificate.code}
        </Link>
        {certificate.note !== '' && <p className="small quiet">{certificate.note}</p>}
        {certificate.blocked && <Mark tone="bad">{t('certificates.blocked')}</Mark>}
      </td>
      <td className={styles.wide}>
        <Moment at={certificate.createdAt} as="day" />
      </td>
      <td className={`${table.right} ${styles.wide}`}>{format.money(certificate.nominal)}</td>
      <td className={table.right}>{format.money(certificate.balance)}</td>
    </tr>
  );
}

function Sell() {
  const { t } = useTranslation('coupons');
  const textOf = useErrorText();
  const navigate = useNavigate();
  const write = useCouponWrite<CertificateView>();
  const sum = useSumUnit();
  const [key] = useState(() => crypto.randomUUID());
  const [amount, setAmount] = useState('');
  const [code, setCode] = useState('');
  const [note, setNote] = useState('');
  const [paid, setPaid] = useState(true);
  const minor = toMinor(amount);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!minor) return;
    const own = code.trim() === '' ? {} : { code: code.trim() };
    const body = { externalId: key, amount: minor, paid, note: note.trim(), ...own };
    const toIt = ({ certificateId }: CertificateView): void =>
      void navigate({
        to: '/coupons/certificates/$certificateId',
        params: { certificateId: String(certificateId) },
      });
    write.mutate({ path: '/certificates', method: 'POST', body }, { onSuccess: toIt });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <div className={styles.row}>
        <TextInput
          className={styles.short}
          size="md"
          label={t('certificates.amount')}
          inputMode="decimal"
          {...sum}
          required
          value={amount}
          onChange={(event) => setAmount(event.currentTarget.value)}
          error={write.isError ? textOf(write.error) : undefined}
        />
        <TextInput
          className={styles.grow}
          size="md"
          label={t('certificates.ownCode')}
          placeholder={t('certificates.ownCodeHint')}
          maxLength={40}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <TextInput
          className={styles.grow}
          size="md"
          label={t('certificates.note')}
          maxLength={200}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </div>
      <div className={styles.row}>
        <Tick label={t('certificates.given')} checked={!paid} onChange={(given) => setPaid(!given)} />
        <Button type="submit" size="md" loading={write.isPending}>
          {t('certificates.sell')}
        </Button>
      </div>
    </form>
  );
}

import { Button, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CouponRow } from '@tessera/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { Moment } from '../ui/moment.tsx';
import { useErrorText } from '../ui/states.tsx';
import styles from './coupons.module.css';
import { couponsQuery, couponUsesQuery, useCouponWrite } from './queries.ts';

/** One coupon by its code: what it is now, where it was used, and the way to cancel it. */
export function CouponSearch() {
  const { t } = useTranslation('coupons');
  const [typed, setTyped] = useState('');
  const [code, setCode] = useState('');
  const found = useInfiniteQuery({ ...couponsQuery({ code }), enabled: code !== '' });
  const coupon = code === '' ? undefined : found.data?.pages[0]?.items[0];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setCode(typed.trim());
  };
  return (
    <section className={styles.section}>
      <h2>{t('find.title')}</h2>
      <form className={styles.row} onSubmit={submit}>
        <TextInput
          className={styles.grow}
          size="md"
          label={t('find.code')}
          maxLength={80}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" size="md" variant="default" loading={found.isFetching && code !== ''}>
          {t('find.submit')}
        </Button>
      </form>
      {code !== '' && found.isSuccess && !coupon && <p role="status">{t('find.none')}</p>}
      {coupon && <Coupon key={coupon.couponId} coupon={coupon} />}
    </section>
  );
}

function Coupon({ coupon }: { readonly coupon: CouponRow }) {
  const { t } = useTranslation('coupons');
  const format = useFormat();
  const textOf = useErrorText();
  const write = useCouponWrite();
  const uses = useQuery(couponUsesQuery(coupon.couponId));
  return (
    <div className={styles.example}>
      <p>
        <span className={styles.code}>{coupon.code}</span> · {t(`state.${coupon.state}`)}
        {coupon.expiresAt && (
          <span className="quiet">
            {' '}
            · {t('find.until')} <Moment at={coupon.expiresAt} as="lastDay" />
          </span>
        )}
      </p>
      <p>
        <Link to="/coupons/$kindId" params={{ kindId: String(coupon.kindId) }}>
          {coupon.kindName}
        </Link>
        {coupon.accountId !== null && (
          <>
            {' · '}
            <Link to="/accounts/$accountId" params={{ accountId: String(coupon.accountId) }}>
              {t('uses.account', { id: coupon.accountId })}
            </Link>
          </>
        )}
      </p>
      <ul>
        <li className="small">
          {t('find.issued')} <Moment at={coupon.createdAt} />
        </li>
        {(uses.data?.items ?? []).map((use) => (
          <li key={use.useId} className="small">
            {t('find.used')} <Moment at={use.usedAt} />
            {use.discount > 0 && ` · −${format.money(use.discount)}`}
            {use.returnedAt && ` · ${t('uses.returned')}`}
          </li>
        ))}
      </ul>
      {write.isError && <p role="alert">{textOf(write.error)}</p>}
      {(coupon.state === 'issued' || coupon.state === 'reserved') && (
        <div>
          <Button
            variant="default"
            loading={write.isPending}
            onClick={() => write.mutate({ path: `/coupons/${coupon.couponId}`, method: 'DELETE' })}
          >
            {t('find.void')}
          </Button>
        </div>
      )}
    </div>
  );
}

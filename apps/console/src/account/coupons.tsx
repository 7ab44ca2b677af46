import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { couponsQuery } from '../coupons/queries.ts';
import { Moment } from '../ui/moment.tsx';
import overview from './overview.module.css';

const SHOWN = 10;

/** The guest's own coupons, the newest first; nothing at all for a guest who never had one. */
export function Coupons({ accountId }: { readonly accountId: number }) {
  const { t } = useTranslation();
  const list = useInfiniteQuery(couponsQuery({ accountId }));
  const coupons = list.data?.pages[0]?.items.slice(0, SHOWN) ?? [];
  if (coupons.length === 0) return null;
  return (
    <section>
      <h2 className={overview.title}>{t('accountCoupons.title')}</h2>
      <ul>
        {coupons.map((coupon) => (
          <li key={coupon.couponId}>
            <Link to="/coupons/$kindId" params={{ kindId: String(coupon.kindId) }}>
              {coupon.kindName}
            </Link>
            <p className="small quiet">
              {coupon.code} · {t(`accountCoupons.${coupon.state}`)}
              {coupon.expiresAt && coupon.state === 'issued' && (
                <>
                  {' · '}
                  {t('accountCoupons.until')} <Moment at={coupon.expiresAt} as="lastDay" />
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

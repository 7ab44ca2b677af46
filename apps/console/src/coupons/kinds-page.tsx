import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CouponKindView } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { Mark } from '../ui/mark.tsx';
import { More } from '../ui/more.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import table from '../ui/table.module.css';
import { CouponSearch } from './coupon-search.tsx';
import styles from './coupons.module.css';
import { kindsQuery } from './queries.ts';
import { useTermsText } from './tell-terms.ts';

/** The kinds of coupons with their live numbers, and the way to certificates. */
export function KindsPage() {
  const { t } = useTranslation('coupons');
  return (
    <Page
      title={t('kinds.title')}
      lead={
        <>
          {t('kinds.lead')} <Link to="/coupons/certificates">{t('certificates.title')}</Link>
        </>
      }
      action={
        <Button component={Link} to="/coupons/new" size="md">
          {t('kinds.new')}
        </Button>
      }
    >
      <Kinds />
      <CouponSearch />
    </Page>
  );
}

function Kinds() {
  const { t } = useTranslation('coupons');
  const list = useInfiniteQuery(kindsQuery);
  if (list.isPending) return <SkeletonBlock height={240} />;
  if (list.isError && !list.data) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const kinds = list.data.pages.flatMap(({ items }) => items);
  if (kinds.length === 0) return <Empty title={t('kinds.emptyTitle')} text={t('kinds.emptyText')} />;
  return (
    <>
      <table className={table.table}>
        <thead>
          <tr>
            <th>{t('kinds.name')}</th>
            <th className={styles.wide}>{t('kinds.mode')}</th>
            <th className={`${table.right} ${styles.wide}`}>{t('kinds.issued')}</th>
            <th className={table.right}>{t('kinds.used')}</th>
            <th className={`${table.right} ${styles.wide}`}>{t('kinds.expired')}</th>
            <th className={`${table.right} ${styles.wide}`}>{t('kinds.discounted')}</th>
          </tr>
        </thead>
        <tbody>
          {kinds.map((kind) => (
            <KindRow key={kind.kindId} kind={kind} />
          ))}
        </tbody>
      </table>
      <More list={list} />
    </>
  );
}

function KindRow({ kind }: { readonly kind: CouponKindView }) {
  const { t } = useTranslation('coupons');
  const format = useFormat();
  const tell = useTermsText();
  const { issued, used, expired, discounted } = kind.numbers;
  const coded = kind.mode === 'unique' || kind.mode === 'personal';
  return (
    <tr>
      <td>
        <Link to="/coupons/$kindId" params={{ kindId: String(kind.kindId) }} className={`${table.lead} ${table.cover}`}>
          {kind.name}
        </Link>
        <p className="small quiet">
          {tell(kind.terms)}
          {kind.code && <span className={styles.code}> {kind.code}</span>}
        </p>
        {!kind.active && <Mark tone="bad">{t('kinds.stopped')}</Mark>}
      </td>
      <td className={styles.wide}>{t(`mode.${kind.mode}`)}</td>
      <td className={`${table.right} ${styles.wide}`}>{coded ? format.count(issued) : '–'}</td>
      <td className={table.right}>{format.count(used)}</td>
      <td className={`${table.right} ${styles.wide}`}>{coded ? format.count(expired) : '–'}</td>
      <td className={`${table.right} ${styles.wide}`}>{discounted > 0 ? format.money(discounted) : '–'}</td>
    </tr>
  );
}

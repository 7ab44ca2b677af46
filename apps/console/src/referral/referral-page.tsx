import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { Figures } from '../ui/figures.tsx';
import { More } from '../ui/more.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { numbersQuery, referralsQuery } from './queries.ts';
import styles from './referral.module.css';
import { ReferralTable } from './referral-table.tsx';

const DAYS = 30;
const STATES = ['registered', 'qualified', 'rewarded', 'rejected'] as const;

/** Who has brought whom, what came of it, and why somebody got nothing. */
export function ReferralPage() {
  const { t } = useTranslation('referral');
  const { state } = useSearch({ from: '/rooms/referral/' });
  const action = (
    <Button component={Link} to="/referral/settings">
      {t('toSettings')}
    </Button>
  );
  const tabs = [
    { key: 'all', label: t('states.all'), search: {}, current: state === undefined },
    ...STATES.map((one) => ({
      key: one,
      label: t(`states.${one}`),
      search: { state: one },
      current: state === one,
    })),
  ];
  return (
    <Page title={t('title')} lead={t('lead')} action={action}>
      <Numbers />
      <Tabs to="/referral" label={t('filter')} tabs={tabs} />
      <List state={state} />
    </Page>
  );
}

function Numbers() {
  const { t } = useTranslation('referral');
  const format = useFormat();
  const numbers = useQuery(numbersQuery(DAYS));
  if (!numbers.data) return <div className={styles.numbers} aria-hidden="true" />;
  const { clicks, registered, qualified, rewarded, rejected, points } = numbers.data;
  const facts = [
    ['clicks', format.count(clicks)],
    ['registered', format.count(registered)],
    ['qualified', format.count(qualified)],
    ['rewarded', format.count(rewarded)],
    ['rejected', format.count(rejected)],
    ['points', format.pointsNumber(points)],
  ] as const;
  return (
    <section aria-label={t('numbers.title', { count: DAYS })}>
      <p className={styles.quiet}>{t('numbers.title', { count: DAYS })}</p>
      <div className={styles.numbers}>
        <Figures figures={facts.map(([name, value]) => ({ name: t(`numbers.${name}`), value }))} />
      </div>
    </section>
  );
}

function List({ state }: { readonly state: string | undefined }) {
  const { t } = useTranslation('referral');
  const list = useInfiniteQuery(referralsQuery(state));
  if (list.isPending) return <SkeletonRows rows={8} height={61} />;
  if (list.isError && !list.data) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap((page) => page.items);
  if (rows.length === 0 && state) return <Empty title={t('none.title')} text={t('none.text')} />;
  if (rows.length === 0) return <Empty title={t('empty.title')} text={t('empty.text')} />;
  return (
    <>
      <ReferralTable rows={rows} stale={list.isPlaceholderData} />
      <More list={list} />
    </>
  );
}

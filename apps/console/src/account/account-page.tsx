import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useParams } from '@tanstack/react-router';
import type { AccountDetail } from '@tessera/contract';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/http.ts';
import { accountQuery } from '../api/queries.ts';
import { useFormat } from '../app/format.ts';
import { Mark } from '../ui/mark.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Failed } from '../ui/states.tsx';
import tabs from '../ui/tabs.module.css';
import { TabBar } from '../ui/tabs.tsx';
import styles from './account-page.module.css';
import { Balance } from './balance.tsx';
import { guestName, mainPhone } from './guest.ts';
import { Wallets } from './wallets.tsx';

/** One guest's account: what is on it, how it came about, what the guest carries. */
export function AccountPage() {
  const { t } = useTranslation();
  const { accountId } = useParams({ from: '/rooms/accounts/$accountId' });
  const account = useQuery(accountQuery(accountId));
  const back = { to: '/accounts', label: t('menu.guests') } as const;
  if (account.isPending) {
    return (
      <Page title={t('account.title')} back={back}>
        <SkeletonBlock height={154} />
        <SkeletonBlock height={48} width={280} />
        <SkeletonBlock height={320} />
      </Page>
    );
  }
  if (account.isError && !account.data) {
    const gone = account.error instanceof ApiError && account.error.status === 404;
    return (
      <Page title={t('account.title')} back={back}>
        {gone ? (
          <Failed error={account.error} title={t('account.gone')} />
        ) : (
          <Failed error={account.error} onRetry={() => void account.refetch()} />
        )}
      </Page>
    );
  }
  return (
    <Page
      title={account.data.closed ? t('account.erased') : guestName(account.data.guest) || t('accounts.nameless')}
      back={back}
      lead={<Lead account={account.data} />}
    >
      {!account.data.closed && <Balance account={account.data} />}
      {!account.data.closed && <Wallets wallets={account.data.wallets} />}
      <div className={styles.tabs}>
        <AccountTabs accountId={accountId} />
      </div>
      <Suspense fallback={null}>
        <Outlet />
      </Suspense>
    </Page>
  );
}

function Lead({ account }: { readonly account: AccountDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const phone = mainPhone(account.guest);
  const { name, rateBasisPoints } = account.level;
  return (
    <span className={styles.lead}>
      {phone && <a href={`tel:+${phone}`}>{format.phone(phone)}</a>}
      {!account.closed && (
        <span>{t('account.levelWithRate', { level: name, rate: format.percent(rateBasisPoints) })}</span>
      )}
      <span>{account.programme.name}</span>
      {account.blocked && !account.closed && <Mark tone="bad">{t('accounts.blocked')}</Mark>}
    </span>
  );
}

function AccountTabs({ accountId }: { readonly accountId: string }) {
  const { t } = useTranslation();
  const here = useLocation({ select: ({ pathname }) => pathname });
  const shared = {
    params: { accountId },
    className: tabs.tab,
    activeProps: { className: tabs.here },
    replace: true,
    resetScroll: false,
  };
  return (
    <TabBar label={t('account.tabs')} here={here}>
      <Link to="/accounts/$accountId" {...shared} activeOptions={{ exact: true }}>
        {t('account.overview')}
      </Link>
      <Link to="/accounts/$accountId/entries" {...shared}>
        {t('account.entries')}
      </Link>
      <Link to="/accounts/$accountId/checks" {...shared} activeOptions={{ includeSearch: false }}>
        {t('account.checks')}
      </Link>
    </TabBar>
  );
}

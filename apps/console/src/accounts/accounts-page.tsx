import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { accountsQuery } from '../api/queries.ts';
import { useSession } from '../app/company.ts';
import { More } from '../ui/more.tsx';
import { Page } from '../ui/page.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import { AccountsTable } from './accounts-table.tsx';

/** Who our guests are: found by name, phone, e-mail or card while typing. */
export function AccountsPage() {
  const { t } = useTranslation();
  const { user } = useSession();
  const files = (
    <Button component={Link} to="/imports" variant="default">
      {t('accounts.files')}
    </Button>
  );
  const { search = '' } = useSearch({ from: '/rooms/accounts' });
  const navigate = useNavigate();
  return (
    <Page title={t('accounts.title')} lead={t('accounts.lead')} action={user.role === 'owner' && files}>
      <SearchField
        search={search}
        label={t('accounts.search')}
        clear={t('accounts.clear')}
        onSearch={(words) =>
          void navigate({
            to: '/accounts',
            search: words === '' ? {} : { search: words },
            replace: true,
            resetScroll: true,
          })
        }
      />
      <AccountsList search={search} />
    </Page>
  );
}

function AccountsList({ search }: { readonly search: string }) {
  const { t } = useTranslation();
  const list = useInfiniteQuery(accountsQuery(search));
  if (list.isPending) return <SkeletonRows rows={10} height={53} />;
  if (list.isError && !list.data) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap((page) => page.items);
  if (rows.length > 0) {
    return (
      <>
        <AccountsTable rows={rows} stale={list.isPlaceholderData} />
        {list.data.pages[0]?.more && <p className="quiet">{t('accounts.tooMany')}</p>}
        <More list={list} />
      </>
    );
  }
  if (search !== '')
    return <Empty title={t('accounts.notFound.title')} text={t('accounts.notFound.text', { search })} />;
  return <Empty title={t('accounts.empty.title')} text={t('accounts.empty.text')} />;
}

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { Mark } from '../ui/mark.tsx';
import { Moment } from '../ui/moment.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import table from '../ui/table.module.css';
import { programmesQuery } from './api.ts';
import styles from './editor.module.css';
import { wordOfKind } from './kinds.ts';

/** By which programmes guests collect and save. */
export function ProgrammesPage() {
  const { t } = useTranslation('programmes');
  const add = (
    <Button component={Link} to="/programmes/new">
      {t('list.add')}
    </Button>
  );
  return (
    <Page title={t('list.title')} lead={<Link to="/programmes/groups">{t('groups.title')}</Link>} action={add}>
      <List />
    </Page>
  );
}

function List() {
  const { t } = useTranslation('programmes');
  const format = useFormat();
  const programmes = useQuery(programmesQuery);
  if (programmes.isPending) return <SkeletonRows rows={3} />;
  if (programmes.isError && !programmes.data) {
    return <Failed error={programmes.error} onRetry={() => void programmes.refetch()} />;
  }
  const { items } = programmes.data;
  if (items.length === 0) return <Empty title={t('list.empty')} text={t('list.emptyText')} />;
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">{t('list.name')}</th>
          <th scope="col" className={styles.wide}>
            {t('list.kind')}
          </th>
          <th scope="col" className={table.right}>
            {t('list.guests')}
          </th>
          <th scope="col" className={styles.since}>
            {t('list.since')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ programmeId, name, kind, accounts, live, next, draft }) => (
          <tr key={programmeId}>
            <td>
              <Link
                to="/programmes/$programmeId"
                params={{ programmeId: String(programmeId) }}
                className={`${table.lead} ${table.cover}`}
              >
                {name}
              </Link>
            </td>
            <td className={styles.wide}>{t(wordOfKind(kind))}</td>
            <td className={table.right}>{format.count(accounts)}</td>
            <td>
              <Moment at={live.since} as="day" />{' '}
              {next && (
                <Mark tone="warning">
                  {t('list.next')} <Moment at={next.at} />
                </Mark>
              )}
              {draft && !next && <Mark tone="quiet">{t('list.draft')}</Mark>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { PassBundle } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { More } from '../ui/more.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import table from '../ui/table.module.css';
import { setsQuery } from './queries.ts';
import { SetForm } from './set-form.tsx';
import styles from './sets.module.css';

/** Sets of cards: what a guest gets by one link, and how often it was taken. */
export function SetsPage() {
  const { t } = useTranslation('sets');
  const navigate = useNavigate();
  const archived = useSearch({ from: '/rooms/sets' }).archived === 'yes';
  const [adding, setAdding] = useState(false);
  const add = !adding && !archived && (
    <Button size="md" onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  );
  const back = { to: '/designs', label: t('back') } as const;
  return (
    <Page
      title={t(archived ? 'archive' : 'title')}
      lead={t(archived ? 'archiveLead' : 'lead')}
      back={back}
      action={add}
    >
      {adding && (
        <section className={styles.card}>
          <h2>{t('new')}</h2>
          <SetForm
            set={null}
            onCancel={() => setAdding(false)}
            onDone={(made) => void navigate({ to: '/sets/$bundleId', params: { bundleId: String(made.bundleId) } })}
          />
        </section>
      )}
      <div hidden={adding}>
        <Sets archived={archived} />
      </div>
      <p className={styles.other}>
        <Link to="/sets" search={archived ? {} : { archived: 'yes' }}>
          {t(archived ? 'toSets' : 'toArchive')}
        </Link>
        {' · '}
        <Link to="/sharing">{t('sharing.title')}</Link>
        {' · '}
        <Link to="/places">{t('places.title')}</Link>
      </p>
    </Page>
  );
}

function Sets({ archived }: { readonly archived: boolean }) {
  const { t } = useTranslation('sets');
  const list = useInfiniteQuery(setsQuery(archived));
  if (list.isPending) return <SkeletonRows rows={3} height={72} />;
  if (list.isError && !list.data) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const sets = list.data.pages.flatMap(({ items }) => items);
  if (sets.length === 0) {
    return archived ? (
      <Empty title={t('emptyArchive.title')} text={t('emptyArchive.text')} />
    ) : (
      <Empty title={t('empty.title')} text={t('empty.text')} />
    );
  }
  return (
    <>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('set')}</th>
            {(['links', 'opened'] as const).map((name) => (
              <th key={name} scope="col" className={table.right}>
                {t(`numbers.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sets.map((set) => (
            <Row key={set.bundleId} set={set} />
          ))}
        </tbody>
      </table>
      <More list={list} />
    </>
  );
}

function Row({ set }: { readonly set: PassBundle }) {
  const format = useFormat();
  return (
    <tr>
      <td>
        <Link
          to="/sets/$bundleId"
          params={{ bundleId: String(set.bundleId) }}
          className={`${table.lead} ${table.cover}`}
        >
          {set.name}
        </Link>
        <p className="small quiet">{set.designs.map(({ name }) => name).join(' · ')}</p>
      </td>
      <td className={table.right}>{format.count(set.links)}</td>
      <td className={table.right}>{format.count(set.opened)}</td>
    </tr>
  );
}

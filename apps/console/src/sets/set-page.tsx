import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { PassBundle } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { Figures } from '../ui/figures.tsx';
import { Moment } from '../ui/moment.tsx';
import { More } from '../ui/more.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock, SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Empty, Failed, useErrorText } from '../ui/states.tsx';
import table from '../ui/table.module.css';
import { GiveLink } from './give-link.tsx';
import { linksQuery, setQuery, useSetWrite } from './queries.ts';
import { SetForm } from './set-form.tsx';
import styles from './sets.module.css';

/** One set: its cards, its links, and a new link for a guest. */
export function SetPage() {
  const { t } = useTranslation('sets');
  const { bundleId } = useParams({ from: '/rooms/sets/$bundleId' });
  const found = useQuery(setQuery(bundleId));
  const back = { to: '/sets', label: t('title') } as const;
  if (found.isError && !found.data) {
    return (
      <Page title={t('set')} back={back}>
        <Failed error={found.error} onRetry={() => void found.refetch()} />
      </Page>
    );
  }
  if (!found.data) {
    return (
      <Page title={t('set')} back={back}>
        <SkeletonBlock height={240} />
      </Page>
    );
  }
  const set = found.data;
  return (
    <Page title={set.name} lead={set.archivedAt === null ? undefined : t('archivedLead')} back={back}>
      <div className={styles.stack}>
        <About set={set} />
        {set.archivedAt === null && <GiveLink bundleId={set.bundleId} />}
        <section>
          <h2 className={styles.title}>{t('links.title')}</h2>
          <Links bundleId={bundleId} />
        </section>
      </div>
    </Page>
  );
}

function About({ set }: { readonly set: PassBundle }) {
  const { t } = useTranslation('sets');
  const format = useFormat();
  const textOf = useErrorText();
  const write = useSetWrite();
  const [editing, setEditing] = useState(false);
  if (editing) {
    return (
      <section className={styles.card}>
        <SetForm set={set} onCancel={() => setEditing(false)} onDone={() => setEditing(false)} />
      </section>
    );
  }
  const archived = set.archivedAt !== null;
  return (
    <section className={styles.card}>
      <ol className={styles.designs}>
        {set.designs.map(({ designId, name }) => (
          <li key={designId}>
            <Link to="/designs/$designId" params={{ designId: String(designId) }}>
              {name}
            </Link>
          </li>
        ))}
      </ol>
      <Figures
        figures={(['links', 'opened', 'opens', 'appleFiles', 'googleLinks'] as const).map((name) => ({
          name: t(`numbers.${name}`),
          value: format.count(set[name]),
        }))}
      />
      <div className={styles.buttons}>
        {!archived && (
          <Button variant="default" onClick={() => setEditing(true)}>
            {t('edit')}
          </Button>
        )}
        <Button
          variant="default"
          loading={write.isPending}
          onClick={() => write.mutate({ bundleId: set.bundleId, body: { archived: !archived } })}
        >
          {t(archived ? 'restore' : 'toArchiveOne')}
        </Button>
      </div>
      {write.isError && (
        <p className={styles.wrong} role="alert">
          {textOf(write.error)}
        </p>
      )}
    </section>
  );
}

function Links({ bundleId }: { readonly bundleId: string }) {
  const { t } = useTranslation('sets');
  const format = useFormat();
  const list = useInfiniteQuery(linksQuery(bundleId));
  if (list.isPending) return <SkeletonRows rows={3} height={56} />;
  if (list.isError && !list.data) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const links = list.data.pages.flatMap(({ items }) => items);
  if (links.length === 0) return <Empty title={t('links.empty.title')} text={t('links.empty.text')} />;
  return (
    <>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('links.guest')}</th>
            <th scope="col" className={table.right}>
              {t('links.opens')}
            </th>
            <th scope="col" className={table.right}>
              {t('links.last')}
            </th>
          </tr>
        </thead>
        <tbody>
          {links.map((link) => (
            <tr key={link.accountId}>
              <td>
                <Link to="/accounts/$accountId" params={{ accountId: String(link.accountId) }} className={table.lead}>
                  {link.guestName || t('links.nameless')}
                </Link>
              </td>
              <td className={table.right}>{format.count(link.opens)}</td>
              <td className={table.right}>
                {link.lastOpenedAt === null ? (
                  <span className="quiet">{t('links.never')}</span>
                ) : (
                  <Moment at={link.lastOpenedAt} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <More list={list} />
    </>
  );
}

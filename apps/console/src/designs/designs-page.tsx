import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { DesignRow } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { CardView } from '../ui/card-view.tsx';
import { Mark } from '../ui/mark.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { DesignMenu } from './design-menu.tsx';
import styles from './designs-page.module.css';
import { designListQuery } from './queries.ts';
import { StatisticsTable } from './statistics-table.tsx';

const VIEWS = ['cards', 'statistics', 'archived'] as const;
/** Below so many nobody has to search. */
const SEARCH_FROM = 5;

/** What our cards look like, how many of each are out, and everything that can be done with them. */
export function DesignsPage() {
  const { t } = useTranslation('designs');
  const { view = 'cards' } = useSearch({ from: '/rooms/designs/' });
  return (
    <Page
      title={t('title')}
      lead={
        <>
          {t('lead')} <Link to="/sets">{t('sets')}</Link>
        </>
      }
      action={
        <Button component={Link} to="/designs/new" size="md">
          {t('new.button')}
        </Button>
      }
      tabs={
        <Tabs
          to="/designs"
          label={t('view.title')}
          tabs={VIEWS.map((one) => ({
            key: one,
            label: t(`view.${one}`),
            search: one === 'cards' ? {} : { view: one },
            current: one === view,
          }))}
        />
      }
    >
      <Designs view={view} />
    </Page>
  );
}

function Designs({ view }: { readonly view: (typeof VIEWS)[number] }) {
  const { t } = useTranslation('designs');
  const { search = '' } = useSearch({ from: '/rooms/designs/' });
  const navigate = useNavigate({ from: '/designs/' });
  const designs = useQuery(designListQuery);
  if (designs.isPending) return <Waiting />;
  if (designs.isError && !designs.data) return <Failed error={designs.error} onRetry={() => void designs.refetch()} />;
  const all = designs.data.items;
  const ofView = all.filter(({ archivedAt }) => (archivedAt !== null) === (view === 'archived'));
  const words = search.trim().toLowerCase();
  const shown = ofView.filter(({ name, programme }) => `${name} ${programme}`.toLowerCase().includes(words));
  if (ofView.length === 0) {
    return view === 'archived' ? (
      <Empty title={t('noArchive.title')} text={t('noArchive.text')} />
    ) : (
      <Empty title={t('empty.title')} text={t('empty.text')}>
        <Button component={Link} to="/designs/new">
          {t('new.button')}
        </Button>
      </Empty>
    );
  }
  return (
    <>
      {(ofView.length >= SEARCH_FROM || search !== '') && (
        <TextInput
          className={styles.search}
          size="md"
          type="search"
          aria-label={t('search.label')}
          placeholder={t('search.label')}
          maxLength={100}
          value={search}
          onChange={({ currentTarget: { value } }) =>
            void navigate({
              search: (before) => {
                const { search: _, ...rest } = before;
                return value === '' ? rest : { ...rest, search: value };
              },
              replace: true,
            })
          }
        />
      )}
      {shown.length === 0 && <Empty title={t('search.none')} text={t('search.noneText')} />}
      {shown.length > 0 && view === 'statistics' && <StatisticsTable designs={shown} all={all} />}
      {shown.length > 0 && view !== 'statistics' && (
        <ul className={styles.grid}>
          {shown.map((design) => (
            <DesignTile key={design.designId} design={design} all={all} />
          ))}
        </ul>
      )}
    </>
  );
}

function Waiting() {
  return (
    <div className={styles.grid}>
      <SkeletonBlock height={360} />
      <SkeletonBlock height={360} />
      <SkeletonBlock height={360} />
    </div>
  );
}

function DesignTile({ design, all }: { readonly design: DesignRow; readonly all: readonly DesignRow[] }) {
  const { t } = useTranslation('designs');
  const format = useFormat();
  return (
    <li className={styles.tile}>
      <CardView picture={design.picture} size="thumbnail" className={styles.picture} />
      <div className={styles.told}>
        <div className={styles.nameLine}>
          <h2 className={styles.name}>
            <Link to="/designs/$designId" params={{ designId: String(design.designId) }} className={styles.link}>
              {design.name}
            </Link>
          </h2>
          <DesignMenu design={design} all={all} />
        </div>
        <p className="small quiet">{design.programme}</p>
        <p className="small">{t('list.passes', { count: design.passes, number: format.count(design.passes) })}</p>
        {design.unpublished && <Mark tone="warning">{t('unpublished')}</Mark>}
        {design.credential === null && <Mark tone="warning">{t('noCertificate')}</Mark>}
      </div>
    </li>
  );
}

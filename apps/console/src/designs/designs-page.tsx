import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { DesignRow } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { designsQuery } from '../api/queries.ts';
import { useFormat } from '../app/format.ts';
import { CardView } from '../ui/card-view.tsx';
import { Mark } from '../ui/mark.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import styles from './designs-page.module.css';

/** What our cards look like, and how many of each are out. */
export function DesignsPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('designs.title')} lead={t('designs.lead')}>
      <DesignGrid />
    </Page>
  );
}

function DesignGrid() {
  const { t } = useTranslation();
  const designs = useQuery(designsQuery);
  if (designs.isPending) {
    return (
      <div className={styles.grid}>
        <SkeletonBlock height={360} />
        <SkeletonBlock height={360} />
        <SkeletonBlock height={360} />
      </div>
    );
  }
  if (designs.isError && !designs.data) return <Failed error={designs.error} onRetry={() => void designs.refetch()} />;
  const { items } = designs.data;
  if (items.length === 0) return <Empty title={t('designs.empty.title')} text={t('designs.empty.text')} />;
  return (
    <ul className={styles.grid}>
      {items.map((design) => (
        <DesignTile key={design.designId} design={design} />
      ))}
    </ul>
  );
}

function DesignTile({ design }: { readonly design: DesignRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li className={styles.tile}>
      <CardView picture={design.picture} className={styles.picture} />
      <div className={styles.told}>
        <h2 className={styles.name}>
          <Link to="/designs/$designId" params={{ designId: String(design.designId) }} className={styles.link}>
            {design.name}
          </Link>
        </h2>
        <p className="small quiet">{design.programme}</p>
        <p className="small">{t('designs.passes', { count: design.passes, number: format.count(design.passes) })}</p>
        {design.credential === null && <Mark tone="warning">{t('designs.noCertificate')}</Mark>}
      </div>
    </li>
  );
}

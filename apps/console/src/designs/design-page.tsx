import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { DesignRow } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { designsQuery } from '../api/queries.ts';
import { useFormat } from '../app/format.ts';
import { useTheme } from '../app/theme-choice.ts';
import { CardView } from '../ui/card-view.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import styles from './design-page.module.css';

const platforms = ['apple', 'web'] as const;
const wallpapers = ['light', 'dark'] as const;

/** One design as guests will see it: both sides, on a light and on a dark phone. */
export function DesignPage() {
  const { t } = useTranslation();
  const { designId } = useParams({ from: '/rooms/designs/$designId' });
  const designs = useQuery(designsQuery);
  const back = { to: '/designs', label: t('menu.designs') } as const;
  const design = designs.data?.items.find((row) => String(row.designId) === designId);
  if (design) {
    return (
      <Page title={design.name} back={back} lead={<Lead design={design} />}>
        <Sides design={design} />
      </Page>
    );
  }
  return (
    <Page title={t('designs.one')} back={back}>
      {designs.isPending && <SkeletonBlock height={540} />}
      {designs.isError && <Failed error={designs.error} onRetry={() => void designs.refetch()} />}
      {designs.data && <Empty title={t('designs.gone.title')} text={t('designs.gone.text')} />}
    </Page>
  );
}

function Lead({ design }: { readonly design: DesignRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className={styles.lead}>
      <span>{design.programme}</span>
      <span>{t('designs.passes', { count: design.passes, number: format.count(design.passes) })}</span>
      <span>{t('designs.revision', { revision: design.revision })}</span>
      {design.credential ? (
        <Link to="/certificates/$credentialId" params={{ credentialId: String(design.credential.id) }}>
          {t('designs.certificate', { name: design.credential.name })}
        </Link>
      ) : (
        <Link to="/certificates">{t('designs.noCertificateLong')}</Link>
      )}
    </span>
  );
}

function Sides({ design }: { readonly design: DesignRow }) {
  const { t } = useTranslation();
  const { scheme } = useTheme();
  const { platform = 'apple', wallpaper = scheme } = useSearch({ from: '/rooms/designs/$designId' });
  const view = { picture: design.picture, platform, wallpaper };
  return (
    <>
      <ViewChoice platform={platform} wallpaper={wallpaper} />
      <div className={styles.sides}>
        <figure className={styles.side}>
          <figcaption className={styles.caption}>{t('designs.front')}</figcaption>
          <CardView {...view} side="front" className={styles.wallpaper} />
        </figure>
        <figure className={styles.side}>
          <figcaption className={styles.caption}>{t('designs.back')}</figcaption>
          <div className={styles.wallpaper} data-theme={wallpaper}>
            <CardView {...view} side="back" className={styles.wallpaper} />
          </div>
        </figure>
      </div>
    </>
  );
}

type View = { readonly platform: (typeof platforms)[number]; readonly wallpaper: (typeof wallpapers)[number] };

function ViewChoice({ platform, wallpaper }: View) {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/designs/$designId' });
  const show = (change: Partial<View>): void =>
    void navigate({ search: { platform, wallpaper, ...change }, replace: true, resetScroll: false });
  return (
    <div className={styles.choice}>
      <SegmentedControl
        aria-label={t('designs.platform')}
        value={platform}
        onChange={(value) => show({ platform: value })}
        data={platforms.map((value) => ({ value, label: t(`designs.platforms.${value}`) }))}
      />
      <SegmentedControl
        aria-label={t('designs.wallpaper')}
        value={wallpaper}
        onChange={(value) => show({ wallpaper: value })}
        data={wallpapers.map((value) => ({ value, label: t(`designs.wallpapers.${value}`) }))}
      />
    </div>
  );
}

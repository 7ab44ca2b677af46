import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/http.ts';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import { Designer } from './designer.tsx';
import { designQuery } from './queries.ts';

/** One design: everything that its cards look like and say, and beside it the card on every phone. */
export function DesignPage() {
  const { t } = useTranslation('designs');
  const { designId } = useParams({ from: '/rooms/designs/$designId' });
  const design = useQuery(designQuery(designId));
  if (design.data) return <Designer key={designId} detail={design.data} />;
  return (
    <Page title={t('one')} back={{ to: '/designs', label: t('title') }}>
      {design.isPending && <SkeletonBlock height={540} />}
      {design.isError &&
        (design.error instanceof ApiError && design.error.status === 404 ? (
          <Empty title={t('gone.title')} text={t('gone.text')} />
        ) : (
          <Failed error={design.error} onRetry={() => void design.refetch()} />
        ))}
    </Page>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Failed } from '../ui/states.tsx';
import { ConnectedGoogle } from './connected.tsx';
import { GoogleMark } from './google-state.tsx';
import { googleQuery } from './queries.ts';
import { GoogleSteps } from './steps.tsx';

/** Google Wallet of the company: the key, whether it works, what Google thinks of the designs. */
export function GooglePage() {
  const { t } = useTranslation('google');
  const found = useQuery(googleQuery);
  const back = { to: '/certificates', label: t('back') } as const;
  const { data } = found;
  return (
    <Page narrow title={t('title')} back={back} lead={data?.credential ? <GoogleMark state={data} /> : t('lead')}>
      {found.isPending && <SkeletonBlock height={320} />}
      {found.isError && !data && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {data &&
        (data.credential ? (
          <ConnectedGoogle state={data} credential={data.credential} />
        ) : (
          <GoogleSteps state={data} />
        ))}
    </Page>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import styles from '../certificates/certificate.module.css';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Failed } from '../ui/states.tsx';
import { relaysQuery } from './queries.ts';
import { RelayBlock } from './relay-block.tsx';

/** Readers of card files besides Apple's and Google's: whether their phones are told of news, and what that is worth. */
export function WalletsPage() {
  const { t } = useTranslation('wallets');
  const found = useQuery(relaysQuery);
  const back = { to: '/certificates', label: t('back') } as const;
  const { data } = found;
  return (
    <Page narrow title={t('title')} lead={t('lead')} back={back}>
      {found.isPending && <SkeletonBlock height={320} />}
      {found.isError && !data && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {data?.items.map((relay) => (
        <RelayBlock key={relay.kind} relay={relay} />
      ))}
      {data && <Others unreachable={data.unreachable} />}
    </Page>
  );
}

/** Readers that nobody can tell: how they learn of news. */
function Others({ unreachable }: { readonly unreachable: number }) {
  const { t } = useTranslation('wallets');
  const format = useFormat();
  return (
    <>
      <h2 className={styles.sectionTitle}>{t('others.title')}</h2>
      <div className={styles.block}>
        <p>{t('others.text')}</p>
        {unreachable > 0 && <p className="small">{t('others.phones', { phones: format.count(unreachable) })}</p>}
      </div>
    </>
  );
}

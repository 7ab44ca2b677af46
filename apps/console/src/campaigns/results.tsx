import { useQuery } from '@tanstack/react-query';
import type { Campaign } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Failed } from '../ui/states.tsx';
import styles from './campaigns.module.css';
import { resultsQuery } from './queries.ts';

/** What is known of the cards that were told, and what nobody can know. */
export function Results({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const results = useQuery(resultsQuery(campaign));
  const { data } = results;
  const lines =
    data &&
    ([
      ['phones', data.phones.cards],
      ['fetched', data.phones.fetched],
      ['google', data.google.cards],
      ['notified', data.google.notified],
      ['silent', data.google.silent],
      ['pending', data.google.waiting],
      ['refused', data.google.refused],
      ['browsers', data.browsers],
      ['nowhere', data.nowhere],
    ] as const);
  const parts: readonly string[] = ['fetched', 'notified', 'silent', 'pending', 'refused'];
  const shown = lines?.filter(([name, number]) => number > 0 || (name === 'fetched' && data && data.phones.cards > 0));
  return (
    <section className={styles.block}>
      <h2 className={styles.subtitle}>{t('results.title')}</h2>
      {results.isPending && <SkeletonBlock height={140} />}
      {results.isError && !data && <Failed error={results.error} onRetry={() => void results.refetch()} />}
      {shown && shown.length > 0 && (
        <dl className={styles.results}>
          {shown.map(([name, number]) => (
            <div key={name} className={parts.includes(name) ? styles.part : undefined}>
              <dt>{t(`results.${name}`)}</dt>
              <dd>{format.count(number)}</dd>
            </div>
          ))}
        </dl>
      )}
      {shown && shown.length === 0 && <p className="quiet">{t('results.none')}</p>}
      <p className="small quiet">{t('results.about')}</p>
    </section>
  );
}

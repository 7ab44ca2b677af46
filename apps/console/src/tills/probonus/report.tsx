import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { ShadowReport } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { Mark, type Tone } from '../../ui/mark.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { Failed } from '../../ui/states.tsx';
import table from '../../ui/table.module.css';
import styles from '../tills.module.css';
import { Differences } from './differences.tsx';
import { adviceOf } from './draft.ts';
import { reportQuery } from './queries.ts';

const TONES: Readonly<Record<ReturnType<typeof adviceOf>, Tone>> = {
  none: 'quiet',
  differs: 'warning',
  few: 'quiet',
  ready: 'good',
};

/** What the comparison has found so far, and whether the tills can be switched over. */
export function Report() {
  const { t } = useTranslation('tills');
  const format = useFormat();
  const { method } = useSearch({ from: '/rooms/tills/probonus' });
  const report = useQuery(reportQuery);
  if (report.isPending) return <SkeletonRows rows={3} height={56} />;
  if (report.isError && !report.data) return <Failed error={report.error} onRetry={() => void report.refetch()} />;
  const advice = adviceOf(report.data);
  const { since, methods } = report.data;
  return (
    <section className={styles.stack}>
      <div>
        <h2 className={styles.title}>{t('probonus.report.title')}</h2>
        {since && <p className="small quiet">{t('probonus.report.since', { day: format.date(since) })}</p>}
        <p>
          <Mark tone={TONES[advice]}>{t(`probonus.advice.${advice}`)}</Mark>
        </p>
        <p className="small quiet">{t(`probonus.adviceText.${advice}`)}</p>
      </div>
      {methods.length > 0 && <Methods methods={methods} />}
      {advice === 'differs' && <Differences method={method} />}
    </section>
  );
}

function Methods({ methods }: { readonly methods: ShadowReport['methods'] }) {
  const { t } = useTranslation('tills');
  const format = useFormat();
  const numbers = [
    'calls',
    'equal',
    'different',
    'oursRefused',
    'theirsRefused',
    'oursFailed',
    'theirsFailed',
  ] as const;
  const wide = (name: (typeof numbers)[number]) => (name === 'calls' || name === 'different' ? '' : styles.wide);
  return (
    <div className={styles.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('probonus.report.method')}</th>
            {numbers.map((name) => (
              <th key={name} scope="col" className={`${table.right} ${wide(name)}`}>
                {t(`probonus.report.${name}`)}
              </th>
            ))}
            <th scope="col" className={`${table.right} ${styles.wide}`}>
              {t('probonus.report.milliseconds')}
            </th>
          </tr>
        </thead>
        <tbody>
          {methods.map((row) => (
            <tr key={row.method}>
              <td className={table.lead}>
                {row.different > 0 ? (
                  <Link to="/tills/probonus" search={{ method: row.method }}>
                    {row.method}
                  </Link>
                ) : (
                  row.method
                )}
              </td>
              {numbers.map((name) => (
                <td key={name} className={`${table.right} ${wide(name)}`}>
                  {format.count(row[name])}
                </td>
              ))}
              <td className={`${table.right} ${styles.wide}`}>
                {t('probonus.report.both', {
                  ours: format.count(row.ourMilliseconds),
                  theirs: format.count(row.theirMilliseconds),
                })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

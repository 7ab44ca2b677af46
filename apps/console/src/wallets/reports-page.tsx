import { useQuery } from '@tanstack/react-query';
import type { PhoneReportList } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import facts from '../certificates/credential-card.module.css';
import { Moment } from '../ui/moment.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonBlock } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import { reportsQuery } from './queries.ts';
import styles from './wallets.module.css';

/** What phones complain of, in plain words, with what to do. */
export function ReportsPage() {
  const { t } = useTranslation('wallets');
  const found = useQuery(reportsQuery);
  const { data } = found;
  return (
    <Page narrow title={t('reports.title')} lead={t('reports.lead')} back={{ to: '/certificates', label: t('back') }}>
      {found.isPending && <SkeletonBlock height={320} />}
      {found.isError && !data && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {data?.items.length === 0 && <Empty title={t('reports.empty.title')} text={t('reports.empty.text')} />}
      {data && data.items.length > 0 && (
        <ul className={styles.reports}>
          {data.items.map((report) => (
            <Report
              key={`${report.kind} ${report.passTypeIdentifier} ${report.wording}`}
              report={report}
              since={data.since}
            />
          ))}
        </ul>
      )}
    </Page>
  );
}

type ReportProps = { readonly report: PhoneReportList['items'][number]; readonly since: string };

function Report({ report, since }: ReportProps) {
  const { t } = useTranslation('wallets');
  const format = useFormat();
  return (
    <li className={facts.card}>
      <h2 className={facts.name}>{report.meaning}</h2>
      <p className={styles.advice}>{report.advice}</p>
      {report.wording !== '' && <p className={`mono ${styles.wording}`}>{report.wording}</p>}
      <Days days={report.days} since={since} />
      <dl className={facts.facts}>
        <div>
          <dt>{t('reports.count')}</dt>
          <dd>{format.count(report.count)}</dd>
        </div>
        <div>
          <dt>{t('reports.last')}</dt>
          <dd>
            <Moment at={report.lastAt} />
          </dd>
        </div>
        <div>
          <dt>{t('reports.passType')}</dt>
          <dd className="mono">{report.passTypeIdentifier}</dd>
        </div>
      </dl>
    </li>
  );
}

const DAYS = 30;
const DAY_MILLISECONDS = 86_400_000;

/** A column for each day; the figures are told in words beside it. */
function Days({ days, since }: { readonly days: ReportProps['report']['days']; readonly since: string }) {
  const { t } = useTranslation('wallets');
  const first = Date.parse(since);
  const counts = Array.from({ length: DAYS }, (_, at) => {
    const day = new Date(first + at * DAY_MILLISECONDS).toISOString().slice(0, 10);
    return { day, count: days.find((one) => one.day === day)?.count ?? 0 };
  });
  const most = Math.max(1, ...counts.map(({ count }) => count));
  return (
    <div className={styles.days} role="img" aria-label={t('reports.days', { count: days.length })}>
      {counts.map(({ day, count }) => (
        <span
          key={day}
          className={`${styles.day} ${count > 0 ? styles.some : ''}`}
          style={{ height: `${Math.round((count / most) * 100)}%` }}
          title={`${day}: ${count}`}
        />
      ))}
    </div>
  );
}

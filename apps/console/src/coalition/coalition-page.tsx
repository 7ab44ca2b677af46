import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { ClearingStatement } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { fileAddress, queryString } from '../api/http.ts';
import { useSession } from '../app/company.ts';
import { useFormat } from '../app/format.ts';
import { serverClock } from '../app/server-clock.ts';
import { Icon } from '../ui/icon.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import table from '../ui/table.module.css';
import { ClaimLines } from './claim-lines.tsx';
import styles from './coalition.module.css';
import { chosenDays } from './period.ts';
import { PeriodBar } from './period-bar.tsx';
import { type Days, POOL, statementQuery } from './queries.ts';
import { useName } from './use-name.ts';

type Claims = ClearingStatement['claims'];

/** The statement of a period: who pays whom, what it is made of, and every check behind it. */
export function CoalitionPage() {
  const { t } = useTranslation('coalition');
  const { company } = useSession();
  const { from, to, one, other } = useSearch({ from: '/rooms/coalition/' });
  const days = chosenDays(from, to, serverClock.now(), company.timeZone);
  const toPartners = (
    <Button component={Link} to="/coalition/partners" variant="default">
      {t('toPartners')}
    </Button>
  );
  return (
    <Page title={t('title')} lead={t('lead')} action={toPartners}>
      <PeriodBar days={days} />
      <Statement days={days} />
      {one && other && <ClaimLines days={days} pair={{ one, other }} />}
    </Page>
  );
}

function Statement({ days }: { readonly days: Days }) {
  const { t } = useTranslation('coalition');
  const statement = useQuery(statementQuery(days));
  if (statement.isPending) return <SkeletonRows height={53} />;
  if (statement.isError && !statement.data) {
    return <Failed error={statement.error} onRetry={() => void statement.refetch()} />;
  }
  const { net, claims } = statement.data;
  if (claims.length === 0) return <Empty title={t('claims.empty.title')} text={t('claims.empty.text')} />;
  return (
    <div className={statement.isPlaceholderData ? table.stale : undefined}>
      <Payments net={net} />
      <ClaimSums claims={claims} days={days} />
    </div>
  );
}

function Payments({ net }: { readonly net: ClearingStatement['net'] }) {
  const { t } = useTranslation('coalition');
  const format = useFormat();
  const nameOf = useName();
  return (
    <section className={styles.block}>
      <h2>{t('net.title')}</h2>
      <p className={styles.quiet}>{net.length === 0 ? t('net.even') : t('net.lead')}</p>
      <ul className={styles.payments}>
        {net.map(({ debtor, creditor, amount }) => (
          <li key={`${debtor?.id} ${creditor?.id}`} className={styles.payment}>
            <span>{t('net.pays', { debtor: nameOf(debtor), creditor: nameOf(creditor) })}</span>
            <span className={styles.sum}>{format.money(amount)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ClaimSums({ claims, days }: { readonly claims: Claims; readonly days: Days }) {
  const { t } = useTranslation('coalition');
  return (
    <section className={styles.block}>
      <div className={styles.linesHead}>
        <h2>{t('claims.title')}</h2>
        <Button
          component="a"
          href={fileAddress(`/clearing/lines.csv${queryString(days)}`)}
          variant="subtle"
          leftSection={<Icon name="download" size={18} />}
        >
          {t('download')}
        </Button>
      </div>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('claims.pair')}</th>
            <th scope="col" className={`${table.right} ${styles.narrowHidden}`}>
              {t('claims.checks')}
            </th>
            <th scope="col" className={`${table.right} ${styles.narrowHidden}`}>
              {t('claims.points')}
            </th>
            <th scope="col" className={table.right}>
              {t('claims.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {claims.map((claim) => (
            <ClaimSum key={`${claim.debtor?.id} ${claim.creditor?.id}`} claim={claim} days={days} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ClaimSum({ claim, days }: { readonly claim: Claims[number]; readonly days: Days }) {
  const { t } = useTranslation('coalition');
  const format = useFormat();
  const nameOf = useName();
  const names = { debtor: nameOf(claim.debtor), creditor: nameOf(claim.creditor) };
  return (
    <tr>
      <td>
        <Link
          to="/coalition"
          search={{ ...days, one: claim.debtor?.id ?? POOL, other: claim.creditor?.id ?? POOL }}
          className={`${table.lead} ${table.cover}`}
          aria-label={t('claims.show', names)}
        >
          {names.debtor} <span className={styles.arrow}>→</span> {names.creditor}
        </Link>
      </td>
      <td className={`${table.right} ${styles.narrowHidden}`}>{format.count(claim.checks)}</td>
      <td className={`${table.right} ${styles.narrowHidden}`}>{format.pointsNumber(claim.points)}</td>
      <td className={table.right}>{format.money(claim.amount)}</td>
    </tr>
  );
}

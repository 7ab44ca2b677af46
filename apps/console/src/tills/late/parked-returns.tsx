import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ParkedReturn } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { Mark, type Tone } from '../../ui/mark.tsx';
import { Moment } from '../../ui/moment.tsx';
import { More } from '../../ui/more.tsx';
import table from '../../ui/table.module.css';
import { stationsQuery } from '../stations/queries.ts';
import styles from '../tills.module.css';
import { parkedReturnsQuery } from './queries.ts';

const TONES: Readonly<Record<ParkedReturn['state'], Tone>> = { waiting: 'quiet', applied: 'good', over: 'bad' };

/** Returns that came before their sales: they wait, and those whose sale never came are told. */
export function ParkedReturns() {
  const { t } = useTranslation('tills');
  const format = useFormat();
  const list = useInfiniteQuery(parkedReturnsQuery);
  const stations = useQuery(stationsQuery()).data?.items ?? [];
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  if (rows.length === 0) return null;
  const nameOf = (id: number | null): string =>
    stations.find(({ stationId }) => stationId === id)?.name ?? t('late.noStation');
  return (
    <section>
      <h2 className={styles.title}>{t('late.returns')}</h2>
      <p className="small quiet">{t('late.returnsText')}</p>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('late.till')}</th>
            <th scope="col">{t('late.parked')}</th>
            <th scope="col">{t('late.state')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.saleKey}>
              <td className={table.lead}>{nameOf(row.station)}</td>
              <td>
                <Moment at={row.parkedAt} />
              </td>
              <td>
                <Mark tone={TONES[row.state]}>
                  {t(`late.is.${row.state}`, { until: format.moment(row.waitsUntil) })}
                </Mark>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <More list={list} />
    </section>
  );
}

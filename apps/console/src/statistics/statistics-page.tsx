import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { CardMeasure, CardStatistics } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useSession } from '../app/company.ts';
import { useFormat } from '../app/format.ts';
import { serverClock } from '../app/server-clock.ts';
import { FilterBar } from '../ui/filter-bar.tsx';
import { Moment } from '../ui/moment.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Failed } from '../ui/states.tsx';
import { GroupsTable } from './groups-table.tsx';
import { LinePlot } from './line-plot.tsx';
import { chosenDays, type Days, dayIn, lastDays, lengthOf, lengths, type Unit, unitFor, units } from './period.ts';
import { PeriodsTable } from './periods-table.tsx';
import { cardsQuery } from './queries.ts';
import { RoomTabs } from './room-tabs.tsx';
import styles from './statistics.module.css';
import { usePeriodNames } from './use-period-names.ts';

/** How cards come, are used and go: where they stand now, two plots, and the figures behind them. */
export function StatisticsPage() {
  const { t } = useTranslation('statistics');
  const { company } = useSession();
  const search = useSearch({ from: '/rooms/statistics/' });
  const days = chosenDays(search.from, search.to, dayIn(serverClock.now(), company.timeZone));
  const unit = search.unit ?? unitFor(days);
  const by = search.by ?? 'design';
  const { designId, platform, source } = search;
  const statistics = useQuery(cardsQuery({ ...days, unit, by, designId, platform, source }));
  return (
    <Page title={t('title')} lead={t('lead')} tabs={<RoomTabs here="cards" />}>
      <Bar days={days} unit={unit} />
      <Chosen />
      {statistics.isPending && <SkeletonRows rows={8} height={53} />}
      {statistics.isError && !statistics.data && (
        <Failed error={statistics.error} onRetry={() => void statistics.refetch()} />
      )}
      {statistics.data && <Figures statistics={statistics.data} />}
    </Page>
  );
}

function Figures({ statistics }: { readonly statistics: CardStatistics }) {
  const { t } = useTranslation('statistics');
  const search = useSearch({ from: '/rooms/statistics/' });
  const { view } = search;
  const navigate = useNavigate();
  return (
    <>
      <Standing statistics={statistics} />
      <div className={styles.head}>
        <h2>{t('overTime')}</h2>
        <SegmentedControl
          value={view ?? 'plot'}
          onChange={(next) =>
            void navigate({
              to: '/statistics',
              search: { ...search, view: next === 'table' ? 'table' : undefined },
              replace: true,
            })
          }
          data={[
            { value: 'plot', label: t('plot') },
            { value: 'table', label: t('table') },
          ]}
        />
      </div>
      {view === 'table' ? <PeriodsTable statistics={statistics} /> : <Plots statistics={statistics} />}
      <GroupsTable statistics={statistics} />
      {statistics.countedUntil && (
        <p className={styles.quiet}>
          {t('counted')} <Moment at={statistics.countedUntil} />
        </p>
      )}
    </>
  );
}

const plots: readonly { key: 'coming' | 'use'; measures: readonly CardMeasure[] }[] = [
  { key: 'coming', measures: ['installed', 'issued', 'removed'] },
  { key: 'use', measures: ['shown', 'updated'] },
];

function Plots({ statistics }: { readonly statistics: CardStatistics }) {
  const { t } = useTranslation('statistics');
  const names = usePeriodNames(statistics.unit);
  const { periods } = statistics;
  return (
    <div className={styles.plots}>
      {plots.map(({ key, measures }) => (
        <section key={key}>
          <h3>{t(`plots.${key}`)}</h3>
          <LinePlot
            title={t(`plots.${key}`)}
            series={measures.map((measure) => ({
              key: measure,
              label: t(`measures.${measure}`),
              values: periods.map(({ counts }) => counts[measure]),
            }))}
            points={periods.map(({ start }) => names.long(start))}
            ticks={periods.map(({ start }) => names.short(start))}
          />
        </section>
      ))}
    </div>
  );
}

/** What there is now; each figure leads to what it counts. */
function Standing({ statistics }: { readonly statistics: CardStatistics }) {
  const { t } = useTranslation('statistics');
  const format = useFormat();
  const { standing, total, from, to } = statistics;
  const { apple, android, google, web } = standing.devices;
  return (
    <dl className={styles.tiles}>
      <div className={styles.tile}>
        <dt>
          <Link to="/designs">{t('standing.cards')}</Link>
        </dt>
        <dd>{format.count(standing.cards)}</dd>
      </div>
      <div className={styles.tile}>
        <dt>
          <Link to="/devices" search={{}}>
            {t('standing.inPhones')}
          </Link>
        </dt>
        <dd>{format.count(standing.inPhones)}</dd>
        <dd className={styles.note}>{t('standing.devices', { apple, other: android + web, google })}</dd>
      </div>
      <div className={styles.tile}>
        <dt>
          <Link to="/devices" search={{ state: 'behind' }}>
            {t('standing.behind')}
          </Link>
        </dt>
        <dd>{format.count(standing.behind)}</dd>
      </div>
      <div className={styles.tile}>
        <dt>
          <Link to="/statistics/transactions" search={{ kinds: 'card_scanned', from, to }}>
            {t('standing.shown')}
          </Link>
        </dt>
        <dd>{format.count(total.shown)}</dd>
        <dd className={styles.note}>{t('standing.inPeriod')}</dd>
      </div>
    </dl>
  );
}

function Bar({ days, unit }: { readonly days: Days; readonly unit: Unit }) {
  const { t } = useTranslation('statistics');
  const { company } = useSession();
  const navigate = useNavigate();
  const search = useSearch({ from: '/rooms/statistics/' });
  const today = dayIn(serverClock.now(), company.timeZone);
  const show = (next: Partial<Days> & { unit?: Unit }) => {
    const { from = days.from, to = days.to } = next;
    if (from === '' || to === '' || from > to) return;
    void navigate({
      to: '/statistics',
      search: { ...search, unit: undefined, from, to, ...next },
      replace: true,
    });
  };
  const length = days.to === today ? lengths.find((one) => Number(one) === lengthOf(days)) : undefined;
  return (
    <FilterBar name={t('period.name')}>
      <SegmentedControl
        value={length ?? ''}
        onChange={(value) => show(lastDays(today, Number(value)))}
        data={lengths.map((value) => ({ value, label: t(`period.last${value}`) }))}
      />
      <TextInput
        type="date"
        label={t('period.from')}
        value={days.from}
        max={days.to}
        onChange={(event) => show({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t('period.to')}
        value={days.to}
        min={days.from}
        onChange={(event) => show({ to: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('period.unit')}
        value={unit}
        onChange={(event) => show({ unit: event.currentTarget.value as Unit })}
        data={units.map((value) => ({ value, label: t(`period.units.${value}`) }))}
      />
    </FilterBar>
  );
}

/** What the figures are narrowed to, with the way back. */
function Chosen() {
  const { t } = useTranslation('statistics');
  const search = useSearch({ from: '/rooms/statistics/' });
  const { designId, platform, source } = search;
  if (!designId && !platform && !source) return null;
  return (
    <p className={styles.chosen}>
      {source
        ? t('chosen.source', { source })
        : platform
          ? t('chosen.platform', { platform: t(`platforms.${platform}`) })
          : t('chosen.design')}{' '}
      <Link to="/statistics" search={{ ...search, designId: undefined, platform: undefined, source: undefined }}>
        {t('chosen.all')}
      </Link>
    </p>
  );
}

import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Campaign, PassChoices } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import { choicesQuery } from '../passes/queries.ts';
import { Mark } from '../ui/mark.tsx';
import { Moment } from '../ui/moment.tsx';
import { More } from '../ui/more.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import table from '../ui/table.module.css';
import styles from './campaigns.module.css';
import { campaignsQuery } from './queries.ts';
import { tones, useCampaignWords } from './words.ts';

/** Every mailing there was, and the way to the next one. */
export function CampaignsPage() {
  const { t } = useTranslation('campaigns');
  const list = useInfiniteQuery(campaignsQuery());
  const choices = useQuery(choicesQuery);
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const add = (
    <Button component={Link} to="/campaigns/new" size="md">
      {t('list.add')}
    </Button>
  );
  const isEmpty = list.data !== undefined && rows.length === 0;
  return (
    <Page title={t('title')} lead={t('lead')} action={isEmpty ? undefined : add}>
      {list.isPending && <SkeletonRows rows={4} height={64} />}
      {list.isError && !list.data && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {isEmpty && (
        <Empty title={t('list.empty.title')} text={t('list.empty.text')}>
          {add}
        </Empty>
      )}
      {rows.length > 0 && (
        <ul className={styles.list}>
          {rows.map((row) => (
            <Row key={row.campaignId} row={row} choices={choices.data} />
          ))}
        </ul>
      )}
      <More list={list} />
    </Page>
  );
}

function Row({ row, choices }: { readonly row: Campaign; readonly choices: PassChoices | undefined }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const words = useCampaignWords(choices);
  const { total, done } = row.counts;
  return (
    <li className={styles.row}>
      <div className={styles.said}>
        <Link
          to="/campaigns/$campaignId"
          params={{ campaignId: String(row.campaignId) }}
          className={`${table.lead} ${table.cover} ${styles.beginning}`}
        >
          {row.message.text}
        </Link>
        <p className="small quiet">{[words.scope(row), ...words.filter(row)].join(' · ')}</p>
      </div>
      <div className={styles.became}>
        <Mark tone={tones[row.state]}>{t(`states.${row.state}`)}</Mark>
        <span className="small quiet">
          <Moment at={row.at} />
        </span>
      </div>
      <p className={styles.told}>
        {row.operationId === null
          ? ''
          : t('list.told', { done: format.count(done), total: format.count(total), count: total })}
      </p>
    </li>
  );
}

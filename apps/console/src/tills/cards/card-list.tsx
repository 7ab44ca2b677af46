import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { Card, CardRange, CardState } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { request } from '../../api/http.ts';
import { useFormat } from '../../app/format.ts';
import { Mark, type Tone } from '../../ui/mark.tsx';
import { Moment } from '../../ui/moment.tsx';
import { More } from '../../ui/more.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { Empty, Failed, useErrorText } from '../../ui/states.tsx';
import table from '../../ui/table.module.css';
import tabs from '../../ui/tabs.module.css';
import { TabBar } from '../../ui/tabs.tsx';
import { useMayChange } from '../room.tsx';
import styles from '../tills.module.css';
import { cardsQuery, rangeKey } from './queries.ts';

const TONES: Readonly<Record<CardState, Tone>> = { free: 'quiet', active: 'good', blocked: 'bad' };
const STATES = [undefined, 'free', 'active', 'blocked'] as const;

/** The cards of a range, by number; the filter lives in the address. */
export function CardList({ range }: { readonly range: CardRange }) {
  const { t } = useTranslation('tills');
  const format = useFormat();
  const { state } = useSearch({ from: '/rooms/tills/cards/$rangeId' });
  const rangeId = String(range.rangeId);
  const counts = { ...range, all: range.free + range.active + range.blocked };
  return (
    <section>
      <TabBar label={t('cards.filter')} here={state ?? 'all'}>
        {STATES.map((one) => (
          <Link
            key={one ?? 'all'}
            to="/tills/cards/$rangeId"
            params={{ rangeId }}
            search={one ? { state: one } : {}}
            className={one === state ? tabs.here : tabs.tab}
            aria-current={one === state ? 'page' : undefined}
            activeProps={{}}
          >
            {t(`cards.tab.${one ?? 'all'}`)} {format.count(counts[one ?? 'all'])}
          </Link>
        ))}
      </TabBar>
      <Cards rangeId={rangeId} state={state} />
    </section>
  );
}

function Cards({ rangeId, state }: { readonly rangeId: string; readonly state: CardState | undefined }) {
  const { t } = useTranslation('tills');
  const list = useInfiniteQuery(cardsQuery(rangeId, state));
  if (list.isPending) return <SkeletonRows rows={8} height={48} />;
  if (list.isError && !list.data) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const cards = list.data.pages.flatMap(({ items }) => items);
  if (cards.length === 0) return <Empty title={t('cards.none.title')} text={t('cards.none.text')} />;
  return (
    <>
      <table className={`${table.table} ${list.isPlaceholderData ? table.stale : ''}`}>
        <thead>
          <tr>
            <th scope="col">{t('cards.number')}</th>
            <th scope="col">{t('cards.state')}</th>
            <th scope="col" className={styles.wide}>
              {t('cards.activated')}
            </th>
            <th scope="col">
              <span className="heard">{t('cards.ways')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {cards.map((card) => (
            <Row key={card.number} card={card} />
          ))}
        </tbody>
      </table>
      <More list={list} />
    </>
  );
}

function Row({ card }: { readonly card: Card }) {
  const { t } = useTranslation('tills');
  const textOf = useErrorText();
  const mayChange = useMayChange();
  const queryClient = useQueryClient();
  const block = useMutation({
    mutationFn: (way: 'block' | 'unblock') => request<Card>(`/cards/${card.number}/${way}`, { method: 'POST' }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: rangeKey(String(card.rangeId)) }),
  });
  const way = card.state === 'blocked' ? 'unblock' : 'block';
  const number = card.number.replace(/\d{4}(?=\d)/g, '$&\u00a0');
  return (
    <tr>
      <td className={`${table.lead} ${styles.number}`}>
        {card.accountId === null ? (
          number
        ) : (
          <Link to="/accounts/$accountId" params={{ accountId: String(card.accountId) }}>
            {number}
          </Link>
        )}
        {block.isError && (
          <p role="alert" className={styles.wrong}>
            {textOf(block.error)}
          </p>
        )}
      </td>
      <td>
        <Mark tone={TONES[card.state]}>{t(`cards.is.${card.state}`)}</Mark>
      </td>
      <td className={`${styles.wide} quiet`}>{card.activatedAt && <Moment at={card.activatedAt} />}</td>
      <td className={table.right}>
        {mayChange && (
          <Button size="compact-sm" variant="subtle" loading={block.isPending} onClick={() => block.mutate(way)}>
            {t(`cards.${way}`)}
          </Button>
        )}
      </td>
    </tr>
  );
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import type { CheckRow } from '@tessera/contract';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { checksQuery } from '../api/queries.ts';
import { More } from '../ui/more.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Empty, Failed } from '../ui/states.tsx';
import { ChecksTable } from './checks-table.tsx';

/** How many pages are read in search of the check that the address names. */
const PAGES_TO_FIND = 20;

/** The sales behind the points, newest first. `?check=` brings one of them into view. */
export function Checks() {
  const { t } = useTranslation();
  const { accountId } = useParams({ from: '/rooms/accounts/$accountId' });
  const { check } = useSearch({ from: '/rooms/accounts/$accountId/checks' });
  const list = useInfiniteQuery(checksQuery(accountId));
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const wanted = useWanted(check, rows, list);
  if (list.isPending) return <SkeletonRows height={53} />;
  if (list.isError && !list.data) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  if (rows.length === 0) return <Empty title={t('checks.empty.title')} text={t('checks.empty.text')} />;
  return (
    <>
      <ChecksTable rows={rows} wanted={wanted} />
      <More list={list} />
    </>
  );
}

type Found = { readonly hasNextPage: boolean; readonly isFetching: boolean; readonly fetchNextPage: () => unknown };

/** Reads on until the wanted check is among the rows. Gives its id once it is. */
function useWanted(check: string | undefined, rows: readonly CheckRow[], list: Found): number | undefined {
  const wanted = rows.find((row) => String(row.checkId) === check)?.checkId;
  const readOn =
    check !== undefined &&
    wanted === undefined &&
    list.hasNextPage &&
    !list.isFetching &&
    rows.length < PAGES_TO_FIND * 50;
  const { fetchNextPage } = list;
  useEffect(() => {
    if (readOn) void fetchNextPage();
  }, [readOn, fetchNextPage]);
  return wanted;
}

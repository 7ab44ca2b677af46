import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { CardStatistics, TransactionPage } from '@tessera/contract';
import { queryString, request } from '../api/http.ts';

const KEY = 'statistics';

export type CardSearch = {
  readonly from: string;
  readonly to: string;
  readonly unit: string;
  readonly by: string;
  readonly designId?: string | undefined;
  readonly platform?: string | undefined;
  readonly source?: string | undefined;
};

export const cardsQuery = (search: CardSearch) =>
  queryOptions({
    queryKey: [KEY, 'cards', search],
    queryFn: ({ signal }) => request<CardStatistics>(`/statistics/cards${queryString(search)}`, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });

export type TransactionSearch = {
  readonly kinds?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly accountId?: string | undefined;
  readonly serial?: string | undefined;
  readonly formId?: string | undefined;
};

export const transactionsQuery = (search: TransactionSearch) =>
  infiniteQueryOptions({
    queryKey: [KEY, 'transactions', search],
    queryFn: ({ signal, pageParam }) =>
      request<TransactionPage>(`/transactions${queryString({ ...search, after: pageParam })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });

import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ClearingLines, ClearingStatement, PartnerList } from '@tessera/contract';
import { queryString, request } from '../api/http.ts';

/** Days of the company, both inclusive. */
export type Days = { readonly from: string; readonly to: string };
/** Two parties whose claims are looked at; `pool` is the common pool. */
export type Pair = { readonly one: string; readonly other: string };

export const POOL = 'pool';

const KEY = 'coalition';

export const partnersQuery = queryOptions({
  queryKey: [KEY, 'partners'],
  queryFn: ({ signal }) => request<PartnerList>('/partners', { signal }),
});

export const statementQuery = (days: Days) =>
  queryOptions({
    queryKey: [KEY, 'statement', days],
    queryFn: ({ signal }) => request<ClearingStatement>(`/clearing${queryString(days)}`, { signal }),
    placeholderData: keepPreviousData,
  });

export const linesQuery = (days: Days, pair: Pair) =>
  infiniteQueryOptions({
    queryKey: [KEY, 'lines', days, pair],
    queryFn: ({ pageParam, signal }) =>
      request<ClearingLines>(`/clearing/lines${queryString({ ...days, ...pair, after: pageParam, limit: 50 })}`, {
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page: ClearingLines) => page.next ?? undefined,
  });

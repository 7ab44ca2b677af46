import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { AccountGroupList, CardPage, CardRange, CardRangePage, CardState } from '@tessera/contract';
import { queryString, request } from '../../api/http.ts';

const KEY = ['tills', 'card-ranges'] as const;

export const groupsQuery = queryOptions({
  queryKey: ['account-groups'],
  queryFn: ({ signal }) => request<AccountGroupList>('/account-groups', { signal }),
});

export const rangesQuery = infiniteQueryOptions({
  queryKey: [...KEY, 'list'],
  queryFn: ({ pageParam, signal }) =>
    request<CardRangePage>(`/card-ranges${queryString({ after: pageParam, limit: 50 })}`, { signal }),
  initialPageParam: '',
  getNextPageParam: (page: CardRangePage) => page.next ?? undefined,
});

/** One range with its numbers: everything that changes it makes it asked for again. */
export const rangeKey = (rangeId: string) => [...KEY, rangeId] as const;

export const rangeQuery = (rangeId: string) =>
  queryOptions({
    queryKey: [...rangeKey(rangeId), 'range'],
    queryFn: ({ signal }) => request<CardRange>(`/card-ranges/${encodeURIComponent(rangeId)}`, { signal }),
  });

export const cardsQuery = (rangeId: string, state: CardState | undefined) =>
  infiniteQueryOptions({
    queryKey: [...rangeKey(rangeId), 'cards', state ?? ''],
    queryFn: ({ pageParam, signal }) =>
      request<CardPage>(
        `/card-ranges/${encodeURIComponent(rangeId)}/cards${queryString({ state, after: pageParam, limit: 50 })}`,
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page: CardPage) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });

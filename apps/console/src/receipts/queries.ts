import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ReceiptPage, ReceiptSettingsBody } from '@tessera/contract';
import { queryString, request } from '../api/http.ts';

export const KEY = 'receipts';

export const settingsQuery = (programmeId: number) =>
  queryOptions({
    queryKey: [KEY, 'settings', programmeId],
    queryFn: ({ signal }) => request<ReceiptSettingsBody>(`/programmes/${programmeId}/receipts`, { signal }),
  });

export const receiptsQuery = (state: 'waiting' | 'approved' | 'rejected') =>
  infiniteQueryOptions({
    queryKey: [KEY, 'list', state],
    queryFn: ({ pageParam, signal }) =>
      request<ReceiptPage>(`/receipts${queryString({ state, after: pageParam, limit: 50 })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (page: ReceiptPage) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });

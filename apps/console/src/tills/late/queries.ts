import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { AccountPage, KeptSalePage, ParkedReturnPage, QueuedSaleAnswer } from '@tessera/contract';
import { queryString, request } from '../../api/http.ts';

const KEY = ['tills', 'queue'] as const;
const GUESTS_SHOWN = 6;

export const keptSalesQuery = infiniteQueryOptions({
  queryKey: [...KEY, 'sales'],
  queryFn: ({ pageParam, signal }) =>
    request<KeptSalePage>(`/till-queue/sales${queryString({ after: pageParam, limit: 50 })}`, { signal }),
  initialPageParam: '',
  getNextPageParam: (page: KeptSalePage) => page.next ?? undefined,
});

export const parkedReturnsQuery = infiniteQueryOptions({
  queryKey: [...KEY, 'returns'],
  queryFn: ({ pageParam, signal }) =>
    request<ParkedReturnPage>(`/till-queue/returns${queryString({ after: pageParam, limit: 50 })}`, { signal }),
  initialPageParam: '',
  getNextPageParam: (page: ParkedReturnPage) => page.next ?? undefined,
});

/** Guests to whom a sale may belong. */
export const guestsQuery = (search: string) =>
  queryOptions({
    queryKey: [...KEY, 'guests', search],
    queryFn: ({ signal }) =>
      request<AccountPage>(`/accounts${queryString({ search, limit: GUESTS_SHOWN })}`, { signal }),
    enabled: search.length > 2,
  });

/** Books a kept sale for a guest, or lays it aside for good where `accountId` is null. */
export function useSettleSale(operationKey: string) {
  const queryClient = useQueryClient();
  const path = `/till-queue/sales/${operationKey}`;
  return useMutation({
    mutationFn: (accountId: number | null) =>
      accountId === null
        ? request<undefined>(`${path}/dismiss`, { method: 'POST' })
        : request<QueuedSaleAnswer>(`${path}/book`, { method: 'POST', body: { accountId } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [...KEY, 'sales'] }),
  });
}

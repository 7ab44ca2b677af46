import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type {
  CertificateEntries,
  CertificatePage,
  CertificateView,
  CouponBatches,
  CouponExample,
  CouponExampleAnswer,
  CouponKindPage,
  CouponKindView,
  CouponPage,
  CouponProgrammes,
  CouponUses,
} from '@tessera/contract';
import { queryString, request } from '../api/http.ts';

const KEY = 'coupons';
const LIMIT = 50;
const nextOf = (page: { next: string | null }): string | undefined => page.next ?? undefined;

export const kindsQuery = infiniteQueryOptions({
  queryKey: [KEY, 'kinds'],
  queryFn: ({ pageParam, signal }) =>
    request<CouponKindPage>(`/coupon-kinds${queryString({ after: pageParam, limit: LIMIT })}`, { signal }),
  initialPageParam: '',
  getNextPageParam: nextOf,
});

export const kindQuery = (kindId: string) =>
  queryOptions({
    queryKey: [KEY, 'kind', kindId],
    queryFn: ({ signal }) => request<CouponKindView>(`/coupon-kinds/${kindId}`, { signal }),
  });

export const programmesQuery = queryOptions({
  queryKey: [KEY, 'programmes'],
  queryFn: ({ signal }) => request<CouponProgrammes>('/coupon-kinds/programmes', { signal }),
});

/** While codes are being made, their number is read again every second. */
export const batchesQuery = (kindId: string) =>
  queryOptions({
    queryKey: [KEY, 'batches', kindId],
    queryFn: ({ signal }) => request<CouponBatches>(`/coupon-kinds/${kindId}/batches`, { signal }),
    refetchInterval: ({ state }) => (state.data?.items.some(({ made, wanted }) => made < wanted) ? 1_000 : false),
  });

export const kindUsesQuery = (kindId: string) =>
  infiniteQueryOptions({
    queryKey: [KEY, 'uses', kindId],
    queryFn: ({ pageParam, signal }) =>
      request<CouponUses>(`/coupon-kinds/${kindId}/uses${queryString({ after: pageParam, limit: LIMIT })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: nextOf,
  });

export const couponUsesQuery = (couponId: number) =>
  queryOptions({
    queryKey: [KEY, 'coupon', couponId, 'uses'],
    queryFn: ({ signal }) => request<CouponUses>(`/coupons/${couponId}/uses`, { signal }),
  });

export const couponsQuery = (filter: { kindId?: number; accountId?: number; code?: string }) =>
  infiniteQueryOptions({
    queryKey: [KEY, 'coupons', filter],
    queryFn: ({ pageParam, signal }) =>
      request<CouponPage>(`/coupons${queryString({ ...filter, after: pageParam, limit: LIMIT })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  });

/** The example of the form; asked again for every change of the terms. */
export const exampleQuery = (example: CouponExample) =>
  queryOptions({
    queryKey: [KEY, 'example', example],
    queryFn: ({ signal }) =>
      request<CouponExampleAnswer>('/coupon-kinds/example', { method: 'POST', body: example, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const certificatesQuery = (code: string) =>
  infiniteQueryOptions({
    queryKey: [KEY, 'certificates', code],
    queryFn: ({ pageParam, signal }) =>
      request<CertificatePage>(`/certificates${queryString({ code, after: pageParam, limit: LIMIT })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  });

export const certificateQuery = (certificateId: string) =>
  queryOptions({
    queryKey: [KEY, 'certificate', certificateId],
    queryFn: ({ signal }) => request<CertificateView>(`/certificates/${certificateId}`, { signal }),
  });

export const certificateEntriesQuery = (certificateId: string) =>
  infiniteQueryOptions({
    queryKey: [KEY, 'certificate', certificateId, 'entries'],
    queryFn: ({ pageParam, signal }) =>
      request<CertificateEntries>(
        `/certificates/${certificateId}/entries${queryString({ after: pageParam, limit: LIMIT })}`,
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: nextOf,
  });

type Write = { readonly path: string; readonly method: 'POST' | 'PUT' | 'DELETE'; readonly body?: unknown };

/** A change in this room; whatever the room shows is read again before it counts as done. */
export function useCouponWrite<Answer = unknown>() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ path, method, body }: Write) => request<Answer>(path, { method, body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY] }),
  });
}

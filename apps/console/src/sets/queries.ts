import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { GivenPassBundleLink, PassBundle, PassBundleLinkPage, PassBundlePage } from '@tessera/contract';
import { queryString, request } from '../api/http.ts';

const KEY = ['pass-bundles'] as const;

export const setsQuery = (archived: boolean) =>
  infiniteQueryOptions({
    queryKey: [...KEY, 'list', archived],
    queryFn: ({ pageParam, signal }) => {
      const asked = { archived: archived ? 'true' : undefined, after: pageParam, limit: 50 };
      return request<PassBundlePage>(`/pass-bundles${queryString(asked)}`, { signal });
    },
    initialPageParam: '',
    getNextPageParam: (page: PassBundlePage) => page.next ?? undefined,
  });

export const setQuery = (bundleId: string) =>
  queryOptions({
    queryKey: [...KEY, bundleId],
    queryFn: ({ signal }) => request<PassBundle>(`/pass-bundles/${encodeURIComponent(bundleId)}`, { signal }),
  });

export const linksQuery = (bundleId: string) =>
  infiniteQueryOptions({
    queryKey: [...KEY, bundleId, 'links'],
    queryFn: ({ pageParam, signal }) =>
      request<PassBundleLinkPage>(
        `/pass-bundles/${encodeURIComponent(bundleId)}/links${queryString({ after: pageParam, limit: 50 })}`,
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page: PassBundleLinkPage) => page.next ?? undefined,
  });

/** Makes a set, or changes it; everything that tells of sets is asked for again. */
export function useSetWrite() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ bundleId, body }: { bundleId?: number | undefined; body: unknown }) =>
      bundleId === undefined
        ? request<PassBundle>('/pass-bundles', { method: 'POST', body })
        : request<PassBundle>(`/pass-bundles/${bundleId}`, { method: 'PATCH', body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: KEY }),
  });
}

export function useGiveLink(bundleId: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (accountId: number) =>
      request<GivenPassBundleLink>(`/pass-bundles/${bundleId}/links`, { method: 'POST', body: { accountId } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [...KEY, String(bundleId)] }),
  });
}

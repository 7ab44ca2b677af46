import { infiniteQueryOptions, keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query';
import type { ProbonusSettings, SaveProbonus, ShadowDifferences, ShadowReport } from '@tessera/contract';
import { queryString, request } from '../../api/http.ts';

const KEY = ['tills', 'probonus'] as const;
const LOOKED_AT_EVERY_MILLISECONDS = 30_000;

export const probonusQuery = queryOptions({
  queryKey: [...KEY, 'settings'],
  queryFn: ({ signal }) => request<ProbonusSettings>('/probonus', { signal }),
});

export const reportQuery = queryOptions({
  queryKey: [...KEY, 'report'],
  queryFn: ({ signal }) => request<ShadowReport>('/probonus/shadow', { signal }),
  refetchInterval: LOOKED_AT_EVERY_MILLISECONDS,
});

export const differencesQuery = (method: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [...KEY, 'differences', method ?? ''],
    queryFn: ({ pageParam, signal }) =>
      request<ShadowDifferences>(
        `/probonus/shadow/differences${queryString({ method, after: pageParam, limit: 50 })}`,
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page: ShadowDifferences) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });

/** Saves what is given and leaves the rest. */
export function useSaveProbonus() {
  const queryClient = useQueryClient();
  return async (body: SaveProbonus): Promise<void> => {
    const saved = await request<ProbonusSettings>('/probonus', { method: 'PUT', body });
    queryClient.setQueryData(probonusQuery.queryKey, saved);
  };
}

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { AccountGroupList, Import, ImportColumns, ImportPage, ImportRejects } from '@tessera/contract';
import { queryString, request } from '../api/http.ts';
import { currentLanguage } from '../app/language.ts';

const KEY = 'imports';
const POLL_MILLISECONDS = 1_000;

export const groupsQuery = queryOptions({
  queryKey: ['account-groups'],
  queryFn: ({ signal }) => request<AccountGroupList>('/account-groups', { signal }),
});

export const importsQuery = infiniteQueryOptions({
  queryKey: [KEY, 'list'],
  queryFn: ({ pageParam, signal }) =>
    request<ImportPage>(`/imports${queryString({ after: pageParam, limit: 20 })}`, { signal }),
  initialPageParam: '',
  getNextPageParam: (page: ImportPage) => page.next ?? undefined,
});

export const isWorking = ({ status }: Pick<Import, 'status'>): boolean => status === 'checking' || status === 'running';

/** One import; while the server works on it, it is asked for every second. */
export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: [KEY, importId, currentLanguage()],
    queryFn: ({ signal }) => request<Import>(`/imports/${encodeURIComponent(importId)}`, { signal }),
    refetchInterval: ({ state }) => (state.data && isWorking(state.data) ? POLL_MILLISECONDS : false),
  });

export const columnsQuery = (importId: number) =>
  queryOptions({
    queryKey: [KEY, importId, 'columns'],
    queryFn: () => request<ImportColumns>(`/imports/${importId}/columns`, { method: 'POST', body: {} }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** `version` changes when there may be other lines than before. */
export const rejectsQuery = (importId: number, version: string) =>
  infiniteQueryOptions({
    queryKey: [KEY, importId, 'rejects', version, currentLanguage()],
    queryFn: ({ pageParam, signal }) =>
      request<ImportRejects>(`/imports/${importId}/rejects${queryString({ after: pageParam, limit: 50 })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (page: ImportRejects) => page.next ?? undefined,
  });

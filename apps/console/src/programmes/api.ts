import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  AccountGroupList,
  DraftPreview,
  Example,
  ProgrammeDetail,
  ProgrammeList,
  RulesDraft,
  RulesVersionPage,
} from '@tessera/contract';
import { queryString, request } from '../api/http.ts';
import type { Body } from './body.ts';

export const programmesQuery = queryOptions({
  queryKey: ['programmes'],
  queryFn: ({ signal }) => request<ProgrammeList>('/programmes', { signal }),
});

export const programmeQuery = (programmeId: string) =>
  queryOptions({
    queryKey: ['programmes', programmeId],
    queryFn: ({ signal }) => request<ProgrammeDetail>(`/programmes/${encodeURIComponent(programmeId)}`, { signal }),
  });

/** The draft is read once: from then on what is typed here counts. */
export const draftQuery = (programmeId: string) =>
  queryOptions({
    queryKey: ['programmes', programmeId, 'draft'],
    queryFn: ({ signal }) => request<RulesDraft>(`/programmes/${encodeURIComponent(programmeId)}/draft`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

export const versionsQuery = (programmeId: string) =>
  infiniteQueryOptions({
    queryKey: ['programmes', programmeId, 'versions'],
    queryFn: ({ pageParam, signal }) =>
      request<RulesVersionPage>(
        `/programmes/${encodeURIComponent(programmeId)}/versions${queryString({ after: pageParam })}`,
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page: RulesVersionPage) => page.next ?? undefined,
  });

export type ExampleWish = { readonly total: number; readonly level?: string; readonly balance: number };

export const exampleQuery = (programmeId: string, body: Body, wish: ExampleWish) =>
  queryOptions({
    queryKey: ['programme-example', programmeId, wish, body],
    queryFn: ({ signal }) =>
      request<Example>(`/programmes/${programmeId}/example`, { method: 'POST', body: { ...wish, body }, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const previewQuery = (programmeId: string, body: Body, at: string | null) =>
  queryOptions({
    queryKey: ['programme-preview', programmeId, at, body],
    queryFn: ({ signal }) =>
      request<DraftPreview>(`/programmes/${programmeId}/draft/preview`, {
        method: 'POST',
        body: { body, ...(at === null ? {} : { at }) },
        signal,
      }),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const groupsQuery = queryOptions({
  queryKey: ['account-groups'],
  queryFn: ({ signal }) => request<AccountGroupList>('/account-groups', { signal }),
});

import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type {
  ConsentTexts,
  FormAnswers,
  FormList,
  FormPreview,
  FormPreviewAnswer,
  FormSources,
  FormView,
} from '@tessera/contract';
import { queryString, request } from '../api/http.ts';

const KEY = 'forms';
const LIMIT = 50;

export const formsQuery = queryOptions({
  queryKey: [KEY, 'list'],
  queryFn: ({ signal }) => request<FormList>('/forms', { signal }),
});

export const formQuery = (formId: string) =>
  queryOptions({
    queryKey: [KEY, 'one', formId],
    queryFn: ({ signal }) => request<FormView>(`/forms/${encodeURIComponent(formId)}`, { signal }),
  });

export const sourcesQuery = (formId: string, days: number) =>
  queryOptions({
    queryKey: [KEY, 'sources', formId, days],
    queryFn: ({ signal }) =>
      request<FormSources>(`/forms/${encodeURIComponent(formId)}/sources${queryString({ days })}`, { signal }),
    placeholderData: keepPreviousData,
  });

export const answersQuery = (formId: string) =>
  infiniteQueryOptions({
    queryKey: [KEY, 'answers', formId],
    queryFn: ({ pageParam, signal }) =>
      request<FormAnswers>(
        `/forms/${encodeURIComponent(formId)}/answers${queryString({ after: pageParam, limit: LIMIT })}`,
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page: FormAnswers) => page.next ?? undefined,
  });

/** The guest's page as it would be; asked again when the form changes. */
export const previewQuery = (preview: FormPreview) =>
  queryOptions({
    queryKey: [KEY, 'preview', preview],
    queryFn: ({ signal }) => request<FormPreviewAnswer>('/forms/preview', { method: 'POST', body: preview, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
  });

export const consentTextsQuery = queryOptions({
  queryKey: [KEY, 'consent-texts'],
  queryFn: ({ signal }) => request<ConsentTexts>('/consent-texts', { signal }),
});

type Write = { readonly path: string; readonly method: 'POST' | 'PUT' | 'DELETE'; readonly body?: unknown };

/** A change in this room; whatever the room shows is read again before it counts as done. */
export function useFormWrite<Answer = unknown>() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ path, method, body = {} }: Write) =>
      request<Answer>(path, { method, ...(method === 'DELETE' ? {} : { body }) }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY] }),
  });
}

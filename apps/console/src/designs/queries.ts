import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type {
  CardOfDesign,
  DesignDetail,
  DesignList,
  DesignPreview,
  DesignPreviewRequest,
  DesignVariableList,
  NewPicture,
  ProgrammeList,
  StoredPicture,
} from '@tessera/contract';
import { queryString, request } from '../api/http.ts';
import { currentLanguage } from '../app/language.ts';

const KEY = 'designs';

/** All designs with their statistics, archived ones too. */
export const designListQuery = queryOptions({
  queryKey: [KEY, 'list'],
  queryFn: ({ signal }) =>
    request<DesignList>(`/designs${queryString({ archived: 'true', statistics: 'true' })}`, { signal }),
});

export const designQuery = (designId: string) =>
  queryOptions({
    queryKey: [KEY, 'one', designId],
    queryFn: ({ signal }) => request<DesignDetail>(`/designs/${encodeURIComponent(designId)}`, { signal }),
  });

export const variablesQuery = () =>
  queryOptions({
    queryKey: ['design-variables', currentLanguage()],
    queryFn: ({ signal }) => request<DesignVariableList>('/design-variables', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const programmesQuery = queryOptions({
  queryKey: ['programmes', 'list'],
  queryFn: ({ signal }) => request<ProgrammeList>('/programmes', { signal }),
});

/** What is typed as finished faces; the last ones stay on the page until the new ones are here. */
export const previewQuery = (asked: DesignPreviewRequest) =>
  queryOptions({
    queryKey: ['design-preview', currentLanguage(), asked],
    queryFn: ({ signal }) => request<DesignPreview>('/designs/preview', { method: 'POST', body: asked, signal }),
    placeholderData: keepPreviousData,
    // Every letter that is typed is another question: the answers are not worth keeping.
    gcTime: 10_000,
    staleTime: 60_000,
    retry: false,
  });

export const storePicture = (picture: NewPicture): Promise<StoredPicture> =>
  request<StoredPicture>('/pictures', { method: 'POST', body: picture });

export const findCard = (designId: number, serial: string): Promise<CardOfDesign> =>
  request<CardOfDesign>(`/designs/${designId}/cards/${encodeURIComponent(serial)}`);

type Write = { readonly path: string; readonly method: 'POST' | 'PUT' | 'DELETE'; readonly body?: unknown };

/** A change to designs; whatever the room shows is read again before it counts as done. */
export function useDesignWrite<Answer = DesignDetail>() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ path, method, body }: Write) => request<Answer>(path, { method, body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [KEY] }),
  });
}

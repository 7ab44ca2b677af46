import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type {
  Campaign,
  CampaignPage,
  CampaignPlan,
  CampaignPreview,
  CampaignResults,
  NewCampaign,
  PassPage,
} from '@tessera/contract';
import { queryString, request } from '../api/http.ts';
import { currentLanguage } from '../app/language.ts';

const KEY = 'campaigns';
const PAGE_ROWS = 20;
const MOVING_MILLISECONDS = 1_500;
const PLANNED_MILLISECONDS = 20_000;

type Stated = Pick<Campaign, 'state'>;

/** Whether it goes on by itself, and how soon it is worth a look. */
export function lookAgain(campaigns: readonly Stated[]): number | false {
  if (campaigns.some(({ state }) => state === 'running' || state === 'undoing')) return MOVING_MILLISECONDS;
  return campaigns.some(({ state }) => state === 'scheduled' || state === 'waiting') ? PLANNED_MILLISECONDS : false;
}

export const campaignsQuery = () =>
  infiniteQueryOptions({
    queryKey: [KEY, 'list', currentLanguage()],
    queryFn: ({ pageParam, signal }) =>
      request<CampaignPage>(`/campaigns${queryString({ after: pageParam, limit: PAGE_ROWS })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (page: CampaignPage) => page.next ?? undefined,
    refetchInterval: ({ state }) => lookAgain(state.data?.pages.flatMap(({ items }) => items) ?? []),
  });

export const campaignQuery = (campaignId: string) =>
  queryOptions({
    queryKey: [KEY, 'one', campaignId, currentLanguage()],
    queryFn: ({ signal }) => request<Campaign>(`/campaigns/${encodeURIComponent(campaignId)}`, { signal }),
    refetchInterval: ({ state }) => lookAgain(state.data ? [state.data] : []),
  });

/** What came of one; phones and Google answer for some time after it is over. */
export const resultsQuery = ({ campaignId, state }: Pick<Campaign, 'campaignId' | 'state'>) =>
  queryOptions({
    queryKey: [KEY, 'results', campaignId],
    queryFn: ({ signal }) => request<CampaignResults>(`/campaigns/${campaignId}/results`, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: state === 'running' ? 4 * MOVING_MILLISECONDS : PLANNED_MILLISECONDS,
  });

/** Whom a plan reaches now; the last answer stays on the page until the new one is here. */
export const previewQuery = (plan: CampaignPlan | null) =>
  queryOptions({
    queryKey: [KEY, 'preview', plan, currentLanguage()],
    queryFn: ({ signal }) => request<CampaignPreview>('/campaigns/preview', { method: 'POST', body: plan, signal }),
    enabled: plan !== null,
    placeholderData: keepPreviousData,
    // Every letter that is typed is another question: the answers are not worth keeping.
    gcTime: 10_000,
    staleTime: 30_000,
    retry: false,
  });

const FOUND_MAX = 30;

/** Living cards that a search finds. */
export const foundCardsQuery = (search: string) =>
  queryOptions({
    queryKey: ['passes', 'found', search],
    queryFn: ({ signal }) =>
      request<PassPage>(`/passes${queryString({ search, state: 'active', limit: FOUND_MAX })}`, { signal }),
    enabled: search !== '',
    placeholderData: keepPreviousData,
  });

export function useCreateCampaign() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: NewCampaign) => request<Campaign>('/campaigns', { method: 'POST', body }),
    onSuccess: (made) => {
      queryClient.setQueryData(campaignQuery(String(made.campaignId)).queryKey, made);
      void queryClient.invalidateQueries({ queryKey: [KEY, 'list'] });
    },
  });
}

export type CampaignStep = 'send' | 'cancel' | 'pause' | 'resume' | 'undo';

/** Moves a campaign on; what has begun is a change of cards, and is paused and taken back as such. */
export function useCampaignStep({ campaignId, operationId }: Pick<Campaign, 'campaignId' | 'operationId'>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (step: CampaignStep) => {
      const own = step === 'send' || step === 'cancel';
      const path = own ? `/campaigns/${campaignId}/${step}` : `/pass-operations/${operationId}/${step}`;
      return request<unknown>(path, { method: 'POST', body: {} });
    },
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: [KEY] }),
        queryClient.invalidateQueries({ queryKey: ['passes', 'operation'] }),
      ]),
  });
}

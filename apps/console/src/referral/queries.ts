import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ReferralNumbers, ReferralPage, ReferralSettingsBody } from '@tessera/contract';
import { queryString, request } from '../api/http.ts';

const KEY = 'referral';

export const settingsQuery = (programmeId: number) =>
  queryOptions({
    queryKey: [KEY, 'settings', programmeId],
    queryFn: ({ signal }) => request<ReferralSettingsBody>(`/programmes/${programmeId}/referral`, { signal }),
  });

export const numbersQuery = (days: number) =>
  queryOptions({
    queryKey: [KEY, 'numbers', days],
    queryFn: ({ signal }) => request<ReferralNumbers>(`/referrals/numbers${queryString({ days })}`, { signal }),
  });

export const referralsQuery = (state: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [KEY, 'list', state ?? ''],
    queryFn: ({ pageParam, signal }) =>
      request<ReferralPage>(`/referrals${queryString({ state, after: pageParam, limit: 50 })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (page: ReferralPage) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });

import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  AccountDetail,
  AccountPage,
  CheckPage,
  CredentialList,
  DesignList,
  DevicePage,
  EntryPage,
  EntryStory,
  Session,
} from '@tessera/contract';
import { currentLanguage } from '../app/language.ts';
import { serverClock } from '../app/server-clock.ts';
import type { DeviceSearch } from '../devices/device-types.ts';
import { queryString, request } from './http.ts';

const PAGE_ROWS = 50;

type KeysetPage = { readonly next: string | null };

/** A list read page by page: `after` of the next page is `next` of the last one. */
function pages<Page extends KeysetPage>(key: readonly unknown[], path: string, search?: string) {
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      request<Page>(`${path}${queryString({ search, after: pageParam, limit: PAGE_ROWS })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (page: Page) => page.next ?? undefined,
  });
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => {
    const session = await request<Session>('/session', { signal });
    serverClock.follow(session.now);
    return session;
  },
  staleTime: 5 * 60_000,
  // Whoever comes back from the demo's page may have moved its clock there.
  refetchOnWindowFocus: 'always',
});

/** The rows of the last search stay on the page until the new ones are here. */
export const accountsQuery = (search: string) => ({
  ...pages<AccountPage>(['accounts', search], '/accounts', search),
  placeholderData: keepPreviousData,
});

export const accountQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['account', accountId],
    queryFn: ({ signal }) => request<AccountDetail>(`/accounts/${encodeURIComponent(accountId)}`, { signal }),
  });

export const entriesQuery = (accountId: string) =>
  pages<EntryPage>(['account', accountId, 'entries'], `/accounts/${encodeURIComponent(accountId)}/entries`);

/** An entry never changes, so what stands behind it is asked once. */
export const entryStoryQuery = (accountId: string, sequence: number) =>
  queryOptions({
    queryKey: ['account', accountId, 'entries', sequence, currentLanguage()],
    queryFn: ({ signal }) =>
      request<EntryStory>(`/accounts/${encodeURIComponent(accountId)}/entries/${sequence}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const checksQuery = (accountId: string) =>
  pages<CheckPage>(['account', accountId, 'checks'], `/accounts/${encodeURIComponent(accountId)}/checks`);

export const designsQuery = queryOptions({
  queryKey: ['designs'],
  queryFn: ({ signal }) => request<DesignList>('/designs', { signal }),
});

export const devicesQuery = (search: DeviceSearch) =>
  infiniteQueryOptions({
    queryKey: ['devices', search],
    queryFn: ({ signal, pageParam }) =>
      request<DevicePage>(`/devices${queryString({ ...search, after: pageParam, limit: PAGE_ROWS })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });

export const credentialsQuery = queryOptions({
  queryKey: ['credentials'],
  queryFn: ({ signal }) => request<CredentialList>('/credentials', { signal }),
});

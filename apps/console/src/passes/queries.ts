import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  PassChoices,
  PassDetail,
  PassesCount,
  PassFilter,
  PassOperation,
  PassOperationPage,
  PassPage,
} from '@tessera/contract';
import { queryString, request } from '../api/http.ts';
import { currentLanguage } from '../app/language.ts';
import type { Filters } from './filter-names.ts';

const KEY = 'passes';
const POLL_MILLISECONDS = 1_000;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const wholeNumber = (text: string | undefined, digits: number): number | undefined =>
  text !== undefined && new RegExp(`^\\d{1,${digits}}$`).test(text) ? Number(text) : undefined;
const oneOf = <Word extends string>(words: readonly Word[], text: string | undefined): Word | undefined =>
  words.find((word) => word === text);

/** The filter that the server is asked with: what makes no sense in the address is no filter. */
export function toFilter(filters: Filters): PassFilter {
  const points = wholeNumber(filters.pointsOver, 9);
  const designId = wholeNumber(filters.designId, 9);
  const told = {
    search: filters.search?.trim().slice(0, 100) || undefined,
    designId: designId === 0 ? undefined : designId,
    state: oneOf(['active', 'voided'], filters.state),
    installed: oneOf(['yes', 'no'], filters.installed),
    platform: oneOf(['apple', 'android', 'google'], filters.platform),
    pointsOver: points === undefined ? undefined : points * 100,
    level: filters.level?.slice(0, 64) || undefined,
    createdFrom: filters.createdFrom && DAY.test(filters.createdFrom) ? filters.createdFrom : undefined,
    createdTo: filters.createdTo && DAY.test(filters.createdTo) ? filters.createdTo : undefined,
  };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
}

/** The rows of the last question stay on the page until the new ones are here. */
export const passesQuery = (filters: Filters) => ({
  ...infiniteQueryOptions({
    queryKey: [KEY, 'list', toFilter(filters), currentLanguage()],
    queryFn: ({ pageParam, signal }) =>
      request<PassPage>(`/passes${queryString({ ...toFilter(filters), after: pageParam, limit: 50 })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (page: PassPage) => page.next ?? undefined,
  }),
  placeholderData: keepPreviousData,
});

export const countQuery = (filters: Filters) =>
  queryOptions({
    queryKey: [KEY, 'count', toFilter(filters)],
    queryFn: ({ signal }) => request<PassesCount>(`/passes/count${queryString(toFilter(filters))}`, { signal }),
  });

export const choicesQuery = queryOptions({
  queryKey: [KEY, 'choices'],
  queryFn: ({ signal }) => request<PassChoices>('/passes/choices', { signal }),
});

export const passQuery = (passId: string) =>
  queryOptions({
    queryKey: [KEY, 'one', passId, currentLanguage()],
    queryFn: ({ signal }) => request<PassDetail>(`/passes/${encodeURIComponent(passId)}`, { signal }),
  });

export const operationsQuery = infiniteQueryOptions({
  queryKey: [KEY, 'operations'],
  queryFn: ({ pageParam, signal }) =>
    request<PassOperationPage>(`/pass-operations${queryString({ after: pageParam, limit: 20 })}`, { signal }),
  initialPageParam: '',
  getNextPageParam: (page: PassOperationPage) => page.next ?? undefined,
});

/** Whether it goes on by itself. */
export const isMoving = ({ state }: Pick<PassOperation, 'state'>): boolean =>
  state === 'waiting' || state === 'running' || state === 'undoing';

/** One operation; while it goes on by itself, it is asked for every second. */
export const operationQuery = (operationId: string) =>
  queryOptions({
    queryKey: [KEY, 'operation', operationId],
    queryFn: ({ signal }) => request<PassOperation>(`/pass-operations/${encodeURIComponent(operationId)}`, { signal }),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? POLL_MILLISECONDS : false),
  });

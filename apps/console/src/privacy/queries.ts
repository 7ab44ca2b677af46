import { queryOptions } from '@tanstack/react-query';
import type { GuestErasure } from '@tessera/contract';
import { request } from '../api/http.ts';

const RUNNING_EVERY_MS = 5_000;

/** What erasing a guest would take away, or the record of it; asked again while it is under way. */
export const erasureQuery = (guestId: number) =>
  queryOptions({
    queryKey: ['erasure', guestId],
    queryFn: ({ signal }) => request<GuestErasure>(`/guests/${guestId}/erasure`, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? RUNNING_EVERY_MS : false),
  });

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type {
  NewStation,
  Station,
  StationChange,
  StationList,
  StationPairing,
  StationToken,
  Venue,
  VenueList,
} from '@tessera/contract';
import { request } from '../../api/http.ts';

/** How often a page that stands open asks who is there; while a device is awaited, much more often. */
const LOOKED_AT_EVERY_MILLISECONDS = 30_000;
const AWAITED_EVERY_MILLISECONDS = 2_000;

export const stationsQuery = (awaited = false) =>
  queryOptions({
    queryKey: ['tills', 'stations'],
    queryFn: ({ signal }) => request<StationList>('/stations', { signal }),
    refetchInterval: awaited ? AWAITED_EVERY_MILLISECONDS : LOOKED_AT_EVERY_MILLISECONDS,
  });

export const venuesQuery = queryOptions({
  queryKey: ['tills', 'venues'],
  queryFn: ({ signal }) => request<VenueList>('/venues', { signal }),
});

type StationWrite =
  | { readonly do: 'add'; readonly body: NewStation }
  | { readonly do: 'change'; readonly stationId: number; readonly body: StationChange }
  | { readonly do: 'disconnect'; readonly stationId: number };

/** A change of stations; the list is read again before it counts as done. */
export function useStationWrite() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (write: StationWrite) => {
      if (write.do === 'add') return request<Station>('/stations', { method: 'POST', body: write.body });
      const path = `/stations/${write.stationId}`;
      if (write.do === 'disconnect') return request<undefined>(path, { method: 'DELETE' });
      return request<Station>(path, { method: 'PATCH', body: write.body });
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: stationsQuery().queryKey }),
  });
}

/** An address for one device, as a QR code: a new one ends the one before. */
export function usePairing(stationId: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => request<StationPairing>(`/stations/${stationId}/pairing`, { method: 'POST' }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: stationsQuery().queryKey }),
  });
}

/** The token of a station for a program, told once. */
export function useStationToken(stationId: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => request<StationToken>(`/stations/${stationId}/token`, { method: 'POST' }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: stationsQuery().queryKey }),
  });
}

export function useNameVenue() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ code, name }: Venue) => request<Venue>(`/venues/${code}`, { method: 'PUT', body: { name } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: venuesQuery.queryKey }),
  });
}

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { CouponProgrammes, FarCards, FarCardsAnswer, SavedFarCards, SaveFarCards } from '@tessera/contract';
import { request } from '../../api/http.ts';

const LOOKED_AT_EVERY_MILLISECONDS = 15_000;

/** Asked again while the page stands open: its owner waits for the first call of a station. */
export const rKeeperQuery = queryOptions({
  queryKey: ['tills', 'r-keeper'],
  queryFn: ({ signal }) => request<FarCardsAnswer>('/farcards', { signal }),
  refetchInterval: LOOKED_AT_EVERY_MILLISECONDS,
});

export const levelsQuery = queryOptions({
  queryKey: ['tills', 'levels'],
  queryFn: ({ signal }) => request<CouponProgrammes>('/coupon-kinds/programmes', { signal }),
});

/** The address with its secret, from the answer that told it until it is put away: only in this page's memory. */
export const addressQuery = queryOptions<string | null>({
  queryKey: ['tills', 'r-keeper', 'address'],
  queryFn: () => null,
  staleTime: Number.POSITIVE_INFINITY,
});

export function useSaveRKeeper() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: SaveFarCards) => request<SavedFarCards>('/farcards', { method: 'PUT', body }),
    onSuccess: async ({ address }) => {
      if (address !== null) queryClient.setQueryData(addressQuery.queryKey, address);
      await queryClient.invalidateQueries({ queryKey: rKeeperQuery.queryKey, exact: true });
    },
  });
}

export const newSettings = (language: FarCards['language']): FarCards => ({
  addresses: [],
  levels: {},
  restaurants: {},
  language,
});

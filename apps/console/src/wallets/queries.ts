import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { CredentialRow, PhoneReportList, SaveWalletRelay, WalletRelayList } from '@tessera/contract';
import { request } from '../api/http.ts';
import { credentialsQuery } from '../api/queries.ts';

export const relaysQuery = queryOptions({
  queryKey: ['wallet-relays'],
  queryFn: ({ signal }) => request<WalletRelayList>('/wallet-relays', { signal }),
});

export const reportsQuery = queryOptions({
  queryKey: ['phone-reports'],
  queryFn: ({ signal }) => request<PhoneReportList>('/phone-reports', { signal }),
});

export type RelayKind = WalletRelayList['items'][number]['kind'];

/** Saving answers the new state, so that nothing has to be asked again. */
export function useSaveRelay(kind: RelayKind) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: SaveWalletRelay) => request<WalletRelayList>(`/wallet-relays/${kind}`, { method: 'PUT', body }),
    onSuccess: (state) => queryClient.setQueryData(relaysQuery.queryKey, state),
  });
}

export function useResumePushes(credentialId: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (deadTokensAreRight: boolean) =>
      request<CredentialRow>(`/credentials/${credentialId}/resume-pushes`, {
        method: 'POST',
        body: { deadTokensAreRight },
      }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: credentialsQuery.queryKey }),
  });
}

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { GoogleConnection, GoogleWalletState, SaveGoogleCredential, SwitchGoogle } from '@tessera/contract';
import { request } from '../api/http.ts';

export const googleQuery = queryOptions({
  queryKey: ['google-wallet'],
  queryFn: ({ signal }) => request<GoogleWalletState>('/google-wallet', { signal }),
});

/** Saving answers the new state, so that nothing has to be asked again. */
function useChange<Body>(method: 'PUT' | 'PATCH') {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Body) => request<GoogleWalletState>('/google-wallet', { method, body }),
    onSuccess: (state) => queryClient.setQueryData(googleQuery.queryKey, state),
  });
}

export const useSaveGoogle = () => useChange<SaveGoogleCredential>('PUT');
export const useSwitchGoogle = () => useChange<SwitchGoogle>('PATCH');

export function useCheckGoogle() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => request<GoogleConnection>('/google-wallet/check', { method: 'POST', body: {} }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: googleQuery.queryKey }),
  });
}

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { SaveSmsAccount, SmsAccount, SmsAccountCheck } from '@tessera/contract';
import { request } from '../../api/http.ts';

export const smsAccountQuery = queryOptions({
  queryKey: ['tills', 'sms-account'],
  queryFn: ({ signal }) => request<SmsAccount>('/sms-account', { signal }),
});

export function useSaveSmsAccount() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: SaveSmsAccount) => request<SmsAccount>('/sms-account', { method: 'PUT', body }),
    onSuccess: (saved) => queryClient.setQueryData(smsAccountQuery.queryKey, saved),
  });
}

export const useCheckSmsAccount = () =>
  useMutation({ mutationFn: () => request<SmsAccountCheck>('/sms-account/check', { method: 'POST' }) });

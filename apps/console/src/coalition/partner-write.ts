import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../api/http.ts';
import { partnersQuery } from './queries.ts';

type Write = { readonly path: string; readonly method: 'POST' | 'PUT' | 'DELETE'; readonly body?: unknown };

/** A change of partners or venues; the list is read again before it counts as done. */
export function usePartnerWrite() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ path, method, body }: Write) => request<unknown>(path, { method, body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: partnersQuery.queryKey }),
  });
}

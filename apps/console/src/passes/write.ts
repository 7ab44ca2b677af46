import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { PassDetail, PassOperation, PassPatch, PassPushed } from '@tessera/contract';
import { request } from '../api/http.ts';
import { operationQuery, operationsQuery, passQuery } from './queries.ts';

export type PassStep =
  | { readonly step: 'void' | 'restore' }
  | { readonly step: 'move'; readonly designId: number }
  | { readonly step: 'change'; readonly patch: PassPatch };

const send = (passId: number, wish: PassStep): Promise<PassDetail> => {
  if (wish.step === 'change') return request(`/passes/${passId}`, { method: 'PATCH', body: wish.patch });
  const body = wish.step === 'move' ? { designId: wish.designId } : {};
  return request(`/passes/${passId}/${wish.step}`, { method: 'POST', body });
};

/** Changes a card; pages show at once what the server answers. */
export function usePassStep() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ passId, ...wish }: PassStep & { readonly passId: number }) => send(passId, wish as PassStep),
    onSuccess: async (pass) => {
      queryClient.setQueryData(passQuery(String(pass.passId)).queryKey, pass);
      await queryClient.invalidateQueries({ queryKey: ['passes', 'list'] });
    },
  });
}

export const usePush = () =>
  useMutation({
    mutationFn: (passId: number) => request<PassPushed>(`/passes/${passId}/push`, { method: 'POST', body: {} }),
  });

export function useDelete() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (passId: number) => request(`/passes/${passId}`, { method: 'DELETE' }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['passes', 'list'] }),
  });
}

/** Moves an operation on many cards: pause, go on, stop, take back. */
export function useOperationStep(operationId: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (step: 'pause' | 'resume' | 'cancel' | 'undo') =>
      request<PassOperation>(`/pass-operations/${operationId}/${step}`, { method: 'POST', body: {} }),
    onSuccess: async (row) => {
      queryClient.setQueryData(operationQuery(String(operationId)).queryKey, row);
      await queryClient.invalidateQueries({ queryKey: operationsQuery.queryKey });
    },
  });
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Import } from '@tessera/contract';
import { request } from '../api/http.ts';
import { importQuery, importsQuery } from './queries.ts';

type Step = { readonly step: 'check' | 'run' | 'pause' | 'cancel'; readonly body?: unknown };

/** Moves an import on; the page shows at once what the server answers. */
export function useImportStep(importId: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ step, body = {} }: Step) =>
      request<Import>(`/imports/${importId}/${step}`, { method: 'POST', body }),
    onSuccess: async (row) => {
      queryClient.setQueryData(importQuery(String(importId)).queryKey, row);
      await queryClient.invalidateQueries({ queryKey: importsQuery.queryKey });
    },
  });
}

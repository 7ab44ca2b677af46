import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { NewStaffMember, StaffChange, StaffList, StaffMember } from '@tessera/contract';
import { request } from '../../api/http.ts';

export const staffQuery = queryOptions({
  queryKey: ['tills', 'staff'],
  queryFn: ({ signal }) => request<StaffList>('/staff', { signal }),
});

type StaffWrite =
  | { readonly do: 'add'; readonly body: NewStaffMember }
  | { readonly do: 'change'; readonly userId: number; readonly body: StaffChange };

/** A change of staff; the list is read again before it counts as done. */
export function useStaffWrite() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (write: StaffWrite) =>
      write.do === 'add'
        ? request<StaffMember>('/staff', { method: 'POST', body: write.body })
        : request<StaffMember>(`/staff/${write.userId}`, { method: 'PATCH', body: write.body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: staffQuery.queryKey }),
  });
}

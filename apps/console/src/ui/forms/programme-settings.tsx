import { NativeSelect } from '@mantine/core';
import { queryOptions, type UseQueryOptions, useQuery } from '@tanstack/react-query';
import type { ProgrammeList } from '@tessera/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api/http.ts';
import { SkeletonRows } from '../skeleton-rows.tsx';
import { Failed } from '../states.tsx';

const programmesQuery = queryOptions({
  queryKey: ['programmes', 'list'],
  queryFn: ({ signal }) => request<ProgrammeList>('/programmes', { signal }),
});

/** Settings that every programme has for itself: first which one, then what `children` make of it. */
export function ForEachProgramme({ children }: { readonly children: (programmeId: number) => ReactNode }) {
  const { t } = useTranslation();
  const programmes = useQuery(programmesQuery);
  const [chosen, setChosen] = useState<number | null>(null);
  const items = programmes.data?.items ?? [];
  const programmeId = chosen ?? items[0]?.programmeId;
  if (programmes.isError && !programmes.data) {
    return <Failed error={programmes.error} onRetry={() => void programmes.refetch()} />;
  }
  return (
    <>
      {items.length > 1 && (
        <NativeSelect
          size="md"
          mb="md"
          label={t('form.programme')}
          value={String(programmeId)}
          onChange={(event) => setChosen(Number(event.currentTarget.value))}
          data={items.map((one) => ({ value: String(one.programmeId), label: one.name }))}
        />
      )}
      {programmeId !== undefined && children(programmeId)}
    </>
  );
}

type LoadedProps<Saved> = {
  // biome-ignore lint/suspicious/noExplicitAny: the key of a query is of no matter here
  readonly query: UseQueryOptions<Saved, Error, Saved, any>;
  readonly children: (saved: Saved) => ReactNode;
};

/** Loads settings once: what another window changes meanwhile does not pull the form away from under one's hands. */
export function Loaded<Saved>({ query, children }: LoadedProps<Saved>) {
  const settings = useQuery({ ...query, staleTime: Number.POSITIVE_INFINITY });
  if (settings.isPending) return <SkeletonRows rows={5} height={72} />;
  if (settings.isError) return <Failed error={settings.error} onRetry={() => void settings.refetch()} />;
  return children(settings.data);
}

import { Button, TextInput } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SaveVenuePlace, VenuePlaceList } from '@tessera/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/http.ts';
import { Page } from '../ui/page.tsx';
import { SkeletonRows } from '../ui/skeleton-rows.tsx';
import { Empty, Failed, useErrorText } from '../ui/states.tsx';
import styles from './sets.module.css';

type Venue = VenuePlaceList['items'][number];

const placesQuery = queryOptions({
  queryKey: ['venue-places'],
  queryFn: ({ signal }) => request<VenuePlaceList>('/venue-places', { signal }),
});

/** Where venues are, so that cards come forward on lock screens near them. */
export function PlacesPage() {
  const { t } = useTranslation('sets');
  const places = useQuery(placesQuery);
  const back = { to: '/designs', label: t('back') } as const;
  return (
    <Page title={t('places.title')} lead={t('places.lead')} back={back} narrow>
      {places.isPending && <SkeletonRows rows={3} height={96} />}
      {places.isError && !places.data && <Failed error={places.error} onRetry={() => void places.refetch()} />}
      {places.data?.items.length === 0 && <Empty title={t('places.empty.title')} text={t('places.empty.text')} />}
      <div className={styles.stack}>
        {places.data?.items.map((venue) => (
          <Place key={venue.code} venue={venue} />
        ))}
      </div>
    </Page>
  );
}

/** «59.93, 30.31» as maps copy it; null: not two numbers of degrees. */
export function readPoint(typed: string): { latitude: number; longitude: number } | null {
  const match = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(typed);
  const [latitude, longitude] = [Number(match?.[1]), Number(match?.[2])];
  return match && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}

function Place({ venue }: { readonly venue: Venue }) {
  const { t } = useTranslation('sets');
  const textOf = useErrorText();
  const queryClient = useQueryClient();
  const { place } = venue;
  const [typed, setTyped] = useState(place ? `${place.latitude}, ${place.longitude}` : '');
  const [text, setText] = useState(place?.text ?? '');
  const save = useMutation({
    mutationFn: (body: SaveVenuePlace) =>
      request<VenuePlaceList>(`/venue-places/${venue.code}`, { method: 'PUT', body }),
    onSuccess: (answer) => queryClient.setQueryData(placesQuery.queryKey, answer),
  });
  const point = readPoint(typed);
  const wrong = typed.trim() !== '' && !point;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!wrong) save.mutate({ place: point && { ...point, text: text.trim() } });
  };
  return (
    <form className={styles.card} onSubmit={submit}>
      <h2>{venue.name}</h2>
      <div className={styles.form}>
        <TextInput
          size="md"
          label={t('places.point')}
          description={t('places.pointHint')}
          placeholder="59.9343, 30.3351"
          value={typed}
          maxLength={60}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={wrong && t('places.pointWrong')}
        />
        <TextInput
          size="md"
          label={t('places.text')}
          placeholder={venue.name}
          value={text}
          maxLength={200}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className={styles.buttons}>
          <Button type="submit" variant="default" loading={save.isPending}>
            {t('save')}
          </Button>
          {save.isSuccess && <span role="status">{t('places.saved')}</span>}
        </div>
        {save.isError && (
          <p className={styles.wrong} role="alert">
            {textOf(save.error)}
          </p>
        )}
      </div>
    </form>
  );
}

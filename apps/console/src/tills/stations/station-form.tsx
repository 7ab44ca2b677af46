import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Station } from '@tessera/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PanelForm } from '../../ui/forms/panel-form.tsx';
import { Fields } from '../../ui/forms/settings-form.tsx';
import { useKept } from '../../ui/kept.ts';
import { useNameVenue, useStationWrite, venuesQuery } from './queries.ts';
import { draftOf, EMPTY, NEW_VENUE, readStation, type StationDraft } from './station-draft.ts';

type StationFormProps = {
  /** null for a new one. */
  readonly station: Station | null;
  readonly onDone: (station: Station | undefined) => void;
  readonly onCancel: () => void;
};

/** A new station, or other facts of one: its name, where it stands, how long people stay signed in there. */
export function StationForm({ station, onDone, onCancel }: StationFormProps) {
  const { t } = useTranslation('tills');
  const kept = useKept(`station.${station?.stationId ?? 'new'}`, station ? draftOf(station) : EMPTY);
  const [asked, setAsked] = useState(false);
  const nameVenue = useNameVenue();
  const write = useStationWrite();
  const read = readStation(kept.value);
  const wrong = asked ? read.wrong : new Set<string>();
  const save = async (): Promise<void> => {
    if (read.venue) await nameVenue.mutateAsync(read.venue);
    const { body } = read;
    const saved = await write.mutateAsync(
      station ? { do: 'change', stationId: station.stationId, body } : { do: 'add', body },
    );
    kept.forget();
    onDone(saved);
  };
  const submit = (): void => {
    setAsked(true);
    // A refusal stays with its mutation, which tells it below.
    if (read.wrong.size === 0) void save().catch(() => undefined);
  };
  const cancel = (): void => {
    kept.forget();
    onCancel();
  };
  return (
    <PanelForm
      label={station ? t('station.change') : t('station.new')}
      action={station ? t('save') : t('station.add')}
      cancel={t('cancel')}
      busy={write.isPending || nameVenue.isPending}
      error={nameVenue.error ?? write.error}
      onSubmit={submit}
      onCancel={cancel}
    >
      <TextInput
        size="md"
        label={t('station.name')}
        placeholder={t('station.nameExample')}
        maxLength={60}
        autoComplete="off"
        value={kept.value.name}
        error={wrong.has('name') && t('station.nameWrong')}
        onChange={(event) => kept.change({ name: event.currentTarget.value })}
      />
      <VenueFields draft={kept.value} wrong={wrong} onChange={kept.change} />
      <Stay draft={kept.value} wrong={wrong} onChange={kept.change} />
    </PanelForm>
  );
}

type PartProps = {
  readonly draft: StationDraft;
  readonly wrong: ReadonlySet<string>;
  readonly onChange: (part: Partial<StationDraft>) => void;
};

function VenueFields({ draft, wrong, onChange }: PartProps) {
  const { t } = useTranslation('tills');
  const venues = useQuery(venuesQuery).data?.items ?? [];
  const known = venues.map(({ code, name }) => ({ value: String(code), label: `${name} · ${code}` }));
  // A station may stand in a venue that nobody has named.
  const nameless = draft.venue !== '' && draft.venue !== NEW_VENUE && known.every(({ value }) => value !== draft.venue);
  return (
    <>
      <NativeSelect
        size="md"
        label={t('station.venue')}
        value={draft.venue}
        onChange={(event) => onChange({ venue: event.currentTarget.value })}
        data={[
          { value: '', label: t('station.noVenue') },
          ...(nameless ? [{ value: draft.venue, label: draft.venue }] : []),
          ...known,
          { value: NEW_VENUE, label: t('station.newVenue') },
        ]}
      />
      {draft.venue === NEW_VENUE && (
        <Fields>
          <TextInput
            size="md"
            label={t('station.venueCode')}
            inputMode="numeric"
            autoComplete="off"
            maxLength={9}
            value={draft.venueCode}
            error={wrong.has('venueCode') && t('station.venueCodeWrong')}
            onChange={(event) => onChange({ venueCode: event.currentTarget.value })}
          />
          <TextInput
            size="md"
            label={t('station.venueName')}
            maxLength={60}
            autoComplete="off"
            value={draft.venueName}
            error={wrong.has('venueName') && t('station.nameWrong')}
            onChange={(event) => onChange({ venueName: event.currentTarget.value })}
          />
        </Fields>
      )}
    </>
  );
}

function Stay({ draft, wrong, onChange }: PartProps) {
  const { t } = useTranslation('tills');
  return (
    <Fields>
      {(['lockMinutes', 'shiftHours'] as const).map((name) => (
        <TextInput
          key={name}
          size="md"
          label={t(`station.${name}`)}
          inputMode="numeric"
          autoComplete="off"
          maxLength={3}
          value={draft[name]}
          error={wrong.has(name) && t(`station.${name}Wrong`)}
          onChange={(event) => onChange({ [name]: event.currentTarget.value })}
        />
      ))}
    </Fields>
  );
}

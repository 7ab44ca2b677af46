import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../app/company.ts';
import { Group } from '../ui/forms/settings-form.tsx';
import { useInHand } from './context.ts';
import { Dialog } from './dialog.tsx';
import type { DraftPlace } from './draft.ts';
import { Choice, Text, Tick } from './inputs.tsx';
import { Lines } from './lines.tsx';
import parts from './parts.module.css';
import { PLACES_MAX, readPlaces } from './places.ts';

const BEACONS_MAX = 10;
const DATES_MAX = 10;
/** A card carries so many places: the nearest to its guest. */
const PLACES_ON_A_CARD = 10;

/** When a card comes to the lock screen by itself, and when it ends. */
export function WhenSection() {
  const { t } = useTranslation('designs');
  return (
    <>
      <p className="quiet">{t('when.lead')}</p>
      <Places />
      <Beacons />
      <Dates />
      <Expiry />
    </>
  );
}

function Places() {
  const { t } = useTranslation('designs');
  const { draft, change } = useInHand();
  const [pasting, setPasting] = useState(false);
  const add = (places: readonly DraftPlace[]): void =>
    change((before) => ({ places: [...before.places, ...places].slice(0, PLACES_MAX) }));
  return (
    <>
      <Tick
        path="venuePlaces"
        label={t('place.venues')}
        hint={t('place.venuesHint')}
        checked={draft.venuePlaces}
        onChange={(venuePlaces) => change({ venuePlaces })}
      />
      <Lines
        path="places"
        title={t('place.title')}
        hint={
          draft.places.length > PLACES_ON_A_CARD ? t('place.nearest', { count: draft.places.length }) : t('place.hint')
        }
        add={t('place.add')}
        most={PLACES_MAX}
        lines={draft.places}
        empty={{ latitude: '', longitude: '', altitude: '', text: '', texts: {} }}
        onChange={(edit) => change((before) => ({ places: edit(before.places) }))}
        aside={
          <Button size="sm" variant="subtle" onClick={() => setPasting(true)}>
            {t('place.paste')}
          </Button>
        }
      >
        {(place, set, index) => (
          <>
            {(['latitude', 'longitude'] as const).map((name) => (
              <Text
                key={name}
                path={`places/${index}/${name}`}
                label={t(`place.${name}`)}
                inputMode="decimal"
                value={place[name]}
                maxLength={60}
                onChange={(value) => {
                  // A pair from a map pasted into one of the two fields fills both.
                  const [pasted] = readPlaces(value);
                  set(pasted ? { latitude: pasted.latitude, longitude: pasted.longitude } : { [name]: value });
                }}
              />
            ))}
            <Text
              path={`places/${index}/text`}
              label={t('place.text')}
              placeholder={t('place.textPlaceholder')}
              value={place.text}
              onChange={(text) => set({ text })}
            />
          </>
        )}
      </Lines>
      <Text
        path="maxDistanceMetres"
        label={t('place.distance')}
        hint={t('place.distanceHint')}
        inputMode="numeric"
        value={draft.maxDistance}
        maxLength={7}
        onChange={(maxDistance) => change({ maxDistance })}
      />
      {pasting && <PasteDialog onTake={add} onClose={() => setPasting(false)} />}
    </>
  );
}

type PasteProps = { readonly onTake: (places: readonly DraftPlace[]) => void; readonly onClose: () => void };

/** Many places at once, as they come out of a map or a table. */
function PasteDialog({ onTake, onClose }: PasteProps) {
  const { t } = useTranslation('designs');
  const [typed, setTyped] = useState('');
  const places = readPlaces(typed);
  const lines = typed.split('\n').filter((line) => line.trim() !== '').length;
  return (
    <Dialog title={t('place.paste')} onClose={onClose}>
      <div className={parts.stack}>
        <Textarea
          size="md"
          rows={8}
          label={t('paste.label')}
          description={t('paste.hint')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <p role="status">{t('paste.read', { count: places.length, lines })}</p>
        <div className={parts.buttons}>
          <Button
            size="md"
            disabled={places.length === 0}
            onClick={() => {
              onTake(places);
              onClose();
            }}
          >
            {t('paste.take')}
          </Button>
          <Button size="md" variant="default" onClick={onClose}>
            {t('ask.leave')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Beacons() {
  const { t } = useTranslation('designs');
  const { draft, change } = useInHand();
  return (
    <Lines
      path="beacons"
      title={t('beacon.title')}
      hint={t('beacon.hint')}
      add={t('beacon.add')}
      most={BEACONS_MAX}
      lines={draft.beacons}
      empty={{ uuid: '', major: '', minor: '', text: '', texts: {} }}
      onChange={(edit) => change((before) => ({ beacons: edit(before.beacons) }))}
    >
      {(beacon, set, index) => (
        <>
          <Text
            path={`beacons/${index}/uuid`}
            label="UUID"
            value={beacon.uuid}
            maxLength={40}
            onChange={(uuid) => set({ uuid })}
          />
          <Text
            path={`beacons/${index}/major`}
            label="Major"
            inputMode="numeric"
            value={beacon.major}
            maxLength={5}
            onChange={(major) => set({ major })}
          />
          <Text
            path={`beacons/${index}/minor`}
            label="Minor"
            inputMode="numeric"
            value={beacon.minor}
            maxLength={5}
            onChange={(minor) => set({ minor })}
          />
          <Text
            path={`beacons/${index}/text`}
            label={t('place.text')}
            value={beacon.text}
            onChange={(text) => set({ text })}
          />
        </>
      )}
    </Lines>
  );
}

function Dates() {
  const { t } = useTranslation('designs');
  const { timeZone } = useSession().company;
  const { draft, change } = useInHand();
  return (
    <Lines
      path="relevantDates"
      title={t('date.title')}
      hint={t('date.hint', { zone: timeZone })}
      add={t('date.add')}
      most={DATES_MAX}
      lines={draft.dates}
      empty={{ from: '', until: '' }}
      onChange={(edit) => change((before) => ({ dates: edit(before.dates) }))}
    >
      {(date, set, index) => (
        <>
          <Text
            path={`relevantDates/${index}/from`}
            label={t('date.from')}
            type="datetime-local"
            value={date.from}
            onChange={(from) => set({ from })}
          />
          <Text
            path={`relevantDates/${index}/until`}
            label={t('date.until')}
            type="datetime-local"
            value={date.until}
            onChange={(until) => set({ until })}
          />
        </>
      )}
    </Lines>
  );
}

const EXPIRIES = ['', 'date', 'days'] as const;

function Expiry() {
  const { t } = useTranslation('designs');
  const { draft, change } = useInHand();
  const { expiry } = draft;
  return (
    <Group title={t('expiry.title')}>
      <div className={parts.pair}>
        <Choice
          path="expiry/kind"
          label={t('expiry.kind')}
          hint={t('expiry.hint')}
          value={expiry.kind}
          of={EXPIRIES.map((value) => ({ value, label: t(value === '' ? 'expiry.never' : `expiry.${value}`) }))}
          onChange={(kind) => change({ expiry: { ...expiry, kind } })}
        />
        {expiry.kind === 'date' && (
          <Text
            path="expiry"
            label={t('expiry.on')}
            type="date"
            value={expiry.on}
            onChange={(on) => change({ expiry: { ...expiry, on } })}
          />
        )}
        {expiry.kind === 'days' && (
          <Text
            path="expiry"
            label={t('expiry.count')}
            inputMode="numeric"
            value={expiry.days}
            maxLength={5}
            onChange={(days) => change({ expiry: { ...expiry, days } })}
          />
        )}
      </div>
    </Group>
  );
}

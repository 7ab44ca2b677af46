import type { Session } from '@tessera/contract';
import type { Lang } from '@tessera/look/format.ts';
import { useState } from 'react';
import type { Preferences } from '../device/preferences.ts';
import { placeOf, type Station } from '../device/station.ts';
import { useReading } from '../texts/reading.tsx';
import { Dialog, SheetHead } from './Dialog.tsx';
import { Icon } from './Icon.tsx';
import { Notice } from './Notice.tsx';

interface MenuProps {
  readonly session: Session | null;
  readonly station: Station | null;
  readonly preferences: Preferences;
  readonly onChange: (change: Partial<Preferences>) => void;
  readonly onSales: () => void;
  readonly onSignOut: () => Promise<boolean>;
  readonly onUnpair: () => Promise<boolean>;
  readonly onClose: () => void;
}

/** Whose till this is, who is at it, and the way to the next cashier; what one sets once: language, light, kopecks, sound. */
export function Menu(props: MenuProps) {
  const { t, lang, money } = useReading();
  const { session, station, preferences, onChange } = props;
  const [stuck, setStuck] = useState(false);
  return (
    <Dialog label={t('menu.title')} onClose={props.onClose}>
      <SheetHead onClose={props.onClose}>
        <div>
          <h2 className="heading">{session?.company.name ?? station?.company.name ?? t('menu.title')}</h2>
          {station === null ? null : <p className="hint">{placeOf(station)}</p>}
          {session === null ? null : <p className="hint">{session.user.name}</p>}
        </div>
      </SheetHead>
      {session !== null && station !== null ? (
        <button
          type="button"
          className="button button-plain"
          onClick={() => void props.onSignOut().then((out) => setStuck(!out))}
        >
          <Icon name="people" />
          {t('station.change')}
        </button>
      ) : null}
      {session === null ? null : (
        <button type="button" className="button button-plain" onClick={props.onSales}>
          <Icon name="sales" />
          {t('sales.open')}
        </button>
      )}
      <Choice<Lang>
        label={t('menu.language')}
        value={lang}
        choices={[
          ['ru', 'Русский'],
          ['en', 'English'],
        ]}
        onChange={(value) => onChange({ lang: value })}
      />
      <Choice
        label={t('menu.theme')}
        value={preferences.theme}
        choices={[
          ['auto', t('menu.themeAuto')],
          ['light', t('menu.themeLight')],
          ['dark', t('menu.themeDark')],
        ]}
        onChange={(theme) => onChange({ theme })}
      />
      <Choice
        label={t('menu.entry')}
        hint={t('menu.entryCommaHint', { amount: money(preferences.entry === 'comma' ? 125_000 : 1_250) })}
        value={preferences.entry}
        choices={[
          ['comma', t('menu.entryComma')],
          ['terminal', t('menu.entryTerminal')],
        ]}
        onChange={(entry) => onChange({ entry })}
      />
      <Choice
        label={t('menu.sound')}
        value={preferences.sound ? 'on' : 'off'}
        choices={[
          ['on', t('menu.soundOn')],
          ['off', t('menu.soundOff')],
        ]}
        onChange={(sound) => onChange({ sound: sound === 'on' })}
      />
      {stuck ? <Notice tone="unsure">{t('menu.signOutFailed')}</Notice> : null}
      <WaysOut {...props} onStuck={setStuck} />
    </Dialog>
  );
}

/** A till without a station is left by signing out; a paired device may be disconnected by whoever runs the place. */
function WaysOut(props: MenuProps & { readonly onStuck: (stuck: boolean) => void }) {
  const { t } = useReading();
  const { session, station, onStuck } = props;
  const [sure, setSure] = useState(false);
  if (session === null) return null;
  if (station === null) {
    return (
      <button
        type="button"
        className="button button-text"
        onClick={() => void props.onSignOut().then((out) => onStuck(!out))}
      >
        {t('menu.signOut')}
      </button>
    );
  }
  if (session.user.role === 'cashier') return null;
  if (!sure) {
    return (
      <button type="button" className="button button-text" onClick={() => setSure(true)}>
        {t('station.unpair')}
      </button>
    );
  }
  return (
    <div className="stack">
      <p>
        <strong>{t('station.unpairTitle', { station: station.name })}</strong>
      </p>
      <p className="hint">{t('station.unpairText')}</p>
      <button
        type="button"
        className="button button-bad"
        onClick={() => void props.onUnpair().then((out) => onStuck(!out))}
      >
        {t('station.unpairConfirm')}
      </button>
      <button type="button" className="button button-plain" onClick={() => setSure(false)}>
        {t('station.unpairNot')}
      </button>
    </div>
  );
}

function Choice<Value extends string>(props: {
  readonly label: string;
  readonly hint?: string;
  readonly value: Value;
  readonly choices: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value) => void;
}) {
  return (
    <fieldset className="choice">
      <legend className="label">{props.label}</legend>
      <div className="choice-row">
        {props.choices.map(([value, text]) => (
          <button key={value} type="button" aria-pressed={props.value === value} onClick={() => props.onChange(value)}>
            {text}
          </button>
        ))}
      </div>
      {props.hint === undefined ? null : <p className="hint">{props.hint}</p>}
    </fieldset>
  );
}

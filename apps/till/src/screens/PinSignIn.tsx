import type { Session } from '@tessera/contract';
import { useCallback, useEffect, useState } from 'react';
import type { TillApi } from '../api/client.ts';
import type { Problem } from '../api/problem.ts';
import type { Station } from '../device/station.ts';
import { isPin, PIN_FROM, PIN_TO, typePin } from '../flow/pin-entry.ts';
import { Icon } from '../parts/Icon.tsx';
import { Keypad } from '../parts/Keypad.tsx';
import { Notice } from '../parts/Notice.tsx';
import { useReading } from '../texts/reading.tsx';

type Person = Station['staff'][number];

interface PinSignInProps {
  readonly api: TillApi;
  readonly station: Station;
  /** Why nobody is signed in any more; null at the beginning of a shift. */
  readonly why: 'over' | 'locked' | null;
  readonly onSignedIn: (session: Session) => void;
  readonly onByEmail: () => void;
}

/** At a paired till: who it is, then the PIN. */
export function PinSignIn(props: PinSignInProps) {
  const { staff } = props.station;
  const [chosen, setChosen] = useState<Person | null>(staff.length === 1 ? (staff[0] ?? null) : null);
  return chosen === null ? (
    <Names {...props} onChoose={setChosen} />
  ) : (
    <TypePin key={chosen.userId} {...props} person={chosen} onOther={() => setChosen(null)} />
  );
}

function Names({ station, why, onChoose, onByEmail }: PinSignInProps & { readonly onChoose: (one: Person) => void }) {
  const { t } = useReading();
  return (
    <div className="screen names">
      <h1 className="title">{t('station.who')}</h1>
      {why === null ? null : <p className="hint">{t(why === 'locked' ? 'station.locked' : 'station.over')}</p>}
      <ul className="name-tiles">
        {station.staff.map((one) => (
          <li key={one.userId}>
            <button type="button" className="button button-plain name-tile" onClick={() => onChoose(one)}>
              {one.name}
            </button>
          </li>
        ))}
      </ul>
      <div className="column column-act">
        <button type="button" className="button button-text" onClick={onByEmail}>
          {t('station.byEmail')}
        </button>
      </div>
    </div>
  );
}

function TypePin(props: PinSignInProps & { readonly person: Person; readonly onOther: () => void }) {
  const { t, problem } = useReading();
  const { person, station, onOther } = props;
  const { pin, press, enter, busy, trouble } = usePin(props);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
      if (event.key === 'Escape') onOther();
      else if (event.key === 'Enter') {
        event.preventDefault();
        enter();
      } else press(event.key);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [press, enter, onOther]);
  return (
    <div className="screen pin">
      <div className="column column-read">
        <h1 className="title">{person.name}</h1>
        {station.staff.length > 1 ? (
          <button type="button" className="button button-plain pin-other" onClick={onOther}>
            <Icon name="back" />
            {t('station.other')}
          </button>
        ) : null}
        <p className="pin-dots" role="img" aria-label={t('station.digits', { count: pin.length })}>
          {Array.from({ length: Math.max(PIN_FROM, pin.length) }, (_, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: dots are told apart by their place alone
            <span key={at} data-typed={at < pin.length ? '' : undefined} />
          ))}
        </p>
        {trouble === null ? (
          <p className="hint">{t('station.pinHint')}</p>
        ) : (
          <Notice tone={trouble.kind === 'refused' ? 'bad' : 'unsure'}>
            {trouble.message === '' ? t('station.noNetwork') : problem(trouble)}
          </Notice>
        )}
      </div>
      <div className="column column-act">
        <Keypad left={{ key: 'clear', label: t('station.clear'), shown: 'C' }} onKey={press} disabled={busy} />
        <button type="button" className="button button-main" disabled={busy || !isPin(pin)} onClick={enter}>
          {busy ? t('signIn.submitting') : t('signIn.submit')}
        </button>
        {station.staff.length > 1 ? null : (
          <button type="button" className="button button-text" onClick={props.onByEmail}>
            {t('station.byEmail')}
          </button>
        )}
      </div>
    </div>
  );
}

/** The digits so far, and what became of the last try. A wrong PIN is wiped: nobody corrects what he cannot see. */
function usePin({ api, person, onSignedIn }: PinSignInProps & { readonly person: Person }) {
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Problem | null>(null);
  const press = useCallback((key: string) => {
    if (/^[0-9]$/.test(key)) setTrouble(null);
    setPin((typed) => typePin(typed, key).slice(0, PIN_TO));
  }, []);
  const enter = useCallback(() => {
    if (busy || !isPin(pin)) return;
    setBusy(true);
    void api.signInByPin({ userId: person.userId, pin }).then((answer) => {
      setBusy(false);
      if (answer.ok) return onSignedIn(answer.value);
      setTrouble(answer.problem);
      if (answer.problem.kind === 'refused') setPin('');
    });
  }, [api, busy, pin, person, onSignedIn]);
  return { pin, press, enter, busy, trouble };
}

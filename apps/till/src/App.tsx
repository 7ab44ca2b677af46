import type { Session } from '@tessera/contract';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { type TillApi, tillApi } from './api/client.ts';
import { Counter } from './Counter.tsx';
import { guessLanguage, keepPreferences, type Preferences, readPreferences } from './device/preferences.ts';
import { serverClock } from './device/server-clock.ts';
import { type Station, takePairingCode } from './device/station.ts';
import { type Door, useAccess } from './flow/use-access.ts';
import { Header } from './parts/Header.tsx';
import { Menu } from './parts/Menu.tsx';
import { Notice } from './parts/Notice.tsx';
import { Sign } from './parts/Sign.tsx';
import { useQueue } from './queue/use-queue.ts';
import { Pair } from './screens/Pair.tsx';
import { PinSignIn } from './screens/PinSignIn.tsx';
import { QueueList } from './screens/QueueList.tsx';
import { SignIn } from './screens/SignIn.tsx';
import { ReadingProvider, reading, useReading } from './texts/reading.tsx';

const abroad = { currency: 'RUB', timeZone: 'UTC' };

/** Who is at the till, in what language and light; the rest is `Counter`. */
export function App() {
  const [preferences, setPreferences] = useState(() => readPreferences(localStorage));
  const [menuOpen, setMenuOpen] = useState(false);
  const [pairing, setPairing] = useState(() => takePairingCode(location, history));
  const [view, setView] = useState<'till' | 'sales'>(location.hash === '#sales' ? 'sales' : 'till');
  const [company, setCompany] = useState<Session['company'] | null>(null);
  const lang = preferences.lang ?? guessLanguage(company?.language, navigator.languages);
  const api = useMemo(() => tillApi(lang), [lang]);
  const door = useAccess(api);
  const { access, station } = door;
  const session = access.state === 'in' ? access.session : null;
  useEffect(() => setCompany(session?.company ?? null), [session]);
  const place = { companyId: session?.company.id ?? station?.company.id ?? 0, stationId: station?.stationId ?? null };
  const queue = useQueue(api, place, access.state === 'in' && !access.believed);
  const [queueOpen, setQueueOpen] = useState(false);
  const reader = useMemo(() => reading(lang, company ?? abroad), [lang, company]);
  const change = (some: Partial<Preferences>) => {
    const next = { ...preferences, ...some };
    setPreferences(next);
    keepPreferences(localStorage, next);
  };
  useLook(preferences, lang, reader.t('app.name'));
  useServerClock(session, api);
  const leave = async (way: () => Promise<boolean>) => {
    if (!(await way())) return false;
    setMenuOpen(false);
    setView('till');
    return true;
  };
  const openMenu = () => setMenuOpen(true);
  const openQueue = () => setQueueOpen(true);
  return (
    <ReadingProvider value={reader}>
      {pairing !== null ? (
        <Outside station={station} queued={queue.items.length} onQueue={openQueue} onMenu={openMenu}>
          <Pair
            api={api}
            code={pairing}
            station={station}
            onPaired={(paired) => {
              setPairing(null);
              door.onPaired(paired);
            }}
            onClose={() => setPairing(null)}
          />
        </Outside>
      ) : access.state === 'in' ? (
        <Counter
          session={access.session}
          station={station}
          api={api}
          queue={queue}
          onQueue={openQueue}
          preferences={preferences}
          menuOpen={menuOpen || queueOpen}
          onMenu={openMenu}
          view={view}
          onView={setView}
          onSignedOut={door.onSignedOut}
        />
      ) : (
        <Outside station={station} queued={queue.items.length} onQueue={openQueue} onMenu={openMenu}>
          {access.state === 'out' ? (
            <Enter api={api} door={door} why={access.why} />
          ) : (
            <Waiting unreachable={access.state === 'unreachable'} onAgain={door.askAgain} />
          )}
        </Outside>
      )}
      {queueOpen ? (
        <QueueList queue={queue} signedOut={access.state === 'out'} onClose={() => setQueueOpen(false)} />
      ) : null}
      {menuOpen ? (
        <Menu
          session={session}
          station={station}
          preferences={preferences}
          onChange={change}
          onSales={() => {
            setMenuOpen(false);
            setView('sales');
          }}
          onSignOut={() => leave(door.signOut)}
          onUnpair={() => leave(door.unpair)}
          onClose={() => setMenuOpen(false)}
        />
      ) : null}
    </ReadingProvider>
  );
}

/** The frame while nobody is signed in. */
function Outside(props: {
  readonly station: Station | null;
  readonly queued: number;
  readonly onQueue: () => void;
  readonly onMenu: () => void;
  readonly children: ReactNode;
}) {
  return (
    <>
      <Header
        company={null}
        station={props.station}
        queued={props.queued}
        onQueue={props.onQueue}
        onMenu={props.onMenu}
        onBack={null}
      />
      <main>{props.children}</main>
    </>
  );
}

/** With a PIN where the device is paired and somebody has one, else with e-mail and password. */
function Enter(props: { readonly api: TillApi; readonly door: Door; readonly why: 'over' | 'locked' | null }) {
  const { api, door, why } = props;
  const { t } = useReading();
  const [byEmail, setByEmail] = useState(false);
  const { station } = door;
  const pins = station !== null && station.staff.length > 0;
  if (pins && !byEmail) {
    return (
      <PinSignIn api={api} station={station} why={why} onSignedIn={door.enter} onByEmail={() => setByEmail(true)} />
    );
  }
  return (
    <>
      <SignIn api={api} again={why === 'over'} onSignedIn={door.enter} />
      {pins ? (
        <button type="button" className="button button-text by-pin" onClick={() => setByEmail(false)}>
          {t('station.byPin')}
        </button>
      ) : null}
    </>
  );
}

function Waiting({ unreachable, onAgain }: { readonly unreachable: boolean; readonly onAgain: () => void }) {
  const { t } = useReading();
  return (
    <div className="screen end">
      <div className="end-words">
        <Sign size={72} apart />
        {unreachable ? (
          <Notice tone="unsure" hint={t('app.noConnectionHint')}>
            {t('app.noConnection')}
          </Notice>
        ) : (
          <p className="hint late">{t('app.starting')}</p>
        )}
      </div>
      {unreachable ? (
        <div className="end-act">
          <button type="button" className="button button-main" onClick={onAgain}>
            {t('app.tryAgain')}
          </button>
        </div>
      ) : null}
    </div>
  );
}

/** The document follows the reader: language, light, name of the window. */
function useLook(preferences: Preferences, lang: string, title: string): void {
  useEffect(() => {
    const root = document.documentElement;
    root.lang = lang;
    document.title = title;
    if (preferences.theme === 'auto') delete root.dataset.theme;
    else root.dataset.theme = preferences.theme;
    // The bar of the phone's system takes the colour of the paper, whichever it is now.
    const colour = getComputedStyle(root).getPropertyValue('--paper').trim();
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
      if (preferences.theme !== 'auto') meta.content = colour;
    }
  }, [preferences.theme, lang, title]);
}

/** Dates are told by the server's clock. Who comes back to this page may have moved a demo's clock in another one. */
function useServerClock(session: Session | null, api: TillApi): void {
  useEffect(() => {
    if (session === null) return;
    serverClock.follow(session.now);
    const ask = async () => {
      const answer = document.hidden ? null : await api.session();
      if (answer?.ok) serverClock.follow(answer.value.now);
    };
    const onChange = () => void ask();
    document.addEventListener('visibilitychange', onChange);
    return () => document.removeEventListener('visibilitychange', onChange);
  }, [session, api]);
}

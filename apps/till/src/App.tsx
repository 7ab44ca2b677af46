import type { Session } from '@tessera/contract';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { type TillApi, tillApi } from './api/client.ts';
import { Counter } from './Counter.tsx';
import { dropDraft } from './device/draft.ts';
import { guessLanguage, keepPreferences, type Preferences, readPreferences } from './device/preferences.ts';
import { serverClock } from './device/server-clock.ts';
import { Header } from './parts/Header.tsx';
import { Menu } from './parts/Menu.tsx';
import { Notice } from './parts/Notice.tsx';
import { Sign } from './parts/Sign.tsx';
import { SignIn } from './screens/SignIn.tsx';
import { ReadingProvider, reading, useReading } from './texts/reading.tsx';

type Access =
  | { readonly state: 'asking' }
  | { readonly state: 'unreachable' }
  | { readonly state: 'out'; readonly again: boolean }
  | { readonly state: 'in'; readonly session: Session };

const ASK_AGAIN_MS = 4_000;
const abroad = { currency: 'RUB', timeZone: 'UTC' };

/** Who is at the till, in what language and light; the rest is `Counter`. */
export function App() {
  const [access, setAccess] = useState<Access>({ state: 'asking' });
  const [preferences, setPreferences] = useState(() => readPreferences(localStorage));
  const [menuOpen, setMenuOpen] = useState(false);
  const [view, setView] = useState<'till' | 'sales'>(location.hash === '#sales' ? 'sales' : 'till');
  const session = access.state === 'in' ? access.session : null;
  const lang = preferences.lang ?? guessLanguage(session?.company.language, navigator.languages);
  const api = useMemo(() => tillApi(lang), [lang]);
  const company = session?.company;
  const reader = useMemo(() => reading(lang, company ?? abroad), [lang, company]);
  const change = (some: Partial<Preferences>) => {
    const next = { ...preferences, ...some };
    setPreferences(next);
    keepPreferences(localStorage, next);
  };
  useLook(preferences, lang, reader.t('app.name'));
  useFirstQuestion(access, api, setAccess);
  useServerClock(session, api);
  const onSignedOut = useCallback(() => setAccess({ state: 'out', again: true }), []);
  const signOut = async () => {
    const answer = await api.signOut();
    if (!answer.ok && answer.problem.kind === 'unreachable') return false;
    if (session !== null) dropDraft(sessionStorage, session.company.id);
    setMenuOpen(false);
    setView('till');
    setAccess({ state: 'out', again: false });
    return true;
  };
  const openMenu = () => setMenuOpen(true);
  return (
    <ReadingProvider value={reader}>
      {access.state === 'in' ? (
        <Counter
          session={access.session}
          api={api}
          preferences={preferences}
          menuOpen={menuOpen}
          onMenu={openMenu}
          view={view}
          onView={setView}
          onSignedOut={onSignedOut}
        />
      ) : (
        <>
          <Header company={null} onMenu={openMenu} onBack={null} />
          <main>
            {access.state === 'out' ? (
              <SignIn
                api={api}
                again={access.again}
                onSignedIn={(entered) => setAccess({ state: 'in', session: entered })}
              />
            ) : (
              <Waiting unreachable={access.state === 'unreachable'} onAgain={() => setAccess({ state: 'asking' })} />
            )}
          </main>
        </>
      )}
      {menuOpen ? (
        <Menu
          session={session}
          preferences={preferences}
          onChange={change}
          onSales={() => {
            setMenuOpen(false);
            setView('sales');
          }}
          onSignOut={signOut}
          onClose={() => setMenuOpen(false)}
        />
      ) : null}
    </ReadingProvider>
  );
}

/** Asks who is signed in; goes on asking while the server is out of reach. */
function useFirstQuestion(access: Access, api: ReturnType<typeof tillApi>, setAccess: (access: Access) => void): void {
  const open = access.state === 'asking' || access.state === 'unreachable';
  const asking = access.state === 'asking';
  useEffect(() => {
    if (!open) return;
    let over = false;
    const ask = async () => {
      const answer = await api.session();
      if (over) return;
      if (answer.ok) setAccess({ state: 'in', session: answer.value });
      else if (answer.problem.kind === 'refused') setAccess({ state: 'out', again: false });
      else setAccess({ state: 'unreachable' });
    };
    if (asking) void ask();
    const timer = setInterval(() => void ask(), ASK_AGAIN_MS);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [open, asking, api, setAccess]);
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

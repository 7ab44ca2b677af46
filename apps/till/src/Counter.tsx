import type { Session } from '@tessera/contract';
import { useCallback, useMemo, useState } from 'react';
import type { TillApi } from './api/client.ts';
import type { Problem } from './api/problem.ts';
import { canScan } from './device/camera.ts';
import type { Preferences } from './device/preferences.ts';
import type { Station } from './device/station.ts';
import { useBack } from './device/use-back.ts';
import { pinWanted } from './flow/guest-pin.ts';
import { useKeyboard } from './flow/use-keyboard.ts';
import { type Till, useTill } from './flow/use-till.ts';
import { CodeFound } from './parts/CodeFound.tsx';
import { Header } from './parts/Header.tsx';
import { LateBar } from './queue/LateBar.tsx';
import type { Queue } from './queue/use-queue.ts';
import { Done, Sending, Uncertain } from './screens/Ends.tsx';
import { Find } from './screens/Find.tsx';
import { GuestPin } from './screens/GuestPin.tsx';
import { type LateGuest, Later } from './screens/Later.tsx';
import { NewGuest } from './screens/NewGuest.tsx';
import { Sale } from './screens/Sale.tsx';
import { Sales } from './screens/Sales.tsx';
import { Scan } from './screens/Scan.tsx';
import { useReading } from './texts/reading.tsx';

interface CounterProps {
  readonly session: Session;
  readonly station: Station | null;
  readonly api: TillApi;
  readonly queue: Queue;
  readonly preferences: Preferences;
  readonly menuOpen: boolean;
  readonly onMenu: () => void;
  readonly onQueue: () => void;
  readonly view: 'till' | 'sales';
  readonly onView: (view: 'till' | 'sales') => void;
  readonly onSignedOut: () => void;
}

/** The till of somebody who is signed in: one sale after another, and the list of the last ones. */
export function Counter(props: CounterProps) {
  const { session, api, queue, preferences, menuOpen, view, onView, onSignedOut } = props;
  const { t } = useReading();
  const { entry, sound } = preferences;
  const cannotKeep = useMemo(
    () => ({ kind: 'refused', code: 'cannot_keep', message: t('sale.cannotKeep'), status: 0 }) as const,
    [t],
  );
  const cannotSpend = useMemo(
    () => ({ kind: 'refused', code: 'cannot_spend', message: t('later.noSpend'), status: 0 }) as const,
    [t],
  );
  const till = useTill({ api, companyId: session.company.id, entry, sound, onSignedOut, cannotKeep, cannotSpend });
  const { flow, find, dispatch } = till;
  const [scanning, setScanning] = useState(false);
  const [late, setLate] = useState<LateGuest | null>(null);
  const [newcomer, setNewcomer] = useState(false);
  const [declined, setDeclined] = useState<Problem | null>(null);
  const wanted = view === 'till' ? pinWanted(flow) : null;
  const pin = wanted !== null && wanted.problem !== declined ? wanted : null;
  const onScanned = useCallback(
    (code: string) => {
      setScanning(false);
      onView('till');
      find(code);
    },
    [find, onView],
  );
  useKeyboard({
    till,
    entry,
    active:
      view === 'till' &&
      !menuOpen &&
      !scanning &&
      !newcomer &&
      late === null &&
      pin === null &&
      till.codes.found === null,
    onScanned,
  });
  const back = () => {
    if (scanning) setScanning(false);
    else if (newcomer) setNewcomer(false);
    else if (late !== null) setLate(null);
    else if (view === 'sales') onView('till');
    else dispatch({ type: 'back' });
  };
  useBack(depthOf(till, view, scanning || newcomer || late !== null), view === 'sales' ? 'sales' : '', back);
  const canGoBack = view === 'sales' || flow.step === 'sale';
  return (
    <>
      <Header
        company={session.company}
        station={props.station}
        queued={queue.items.length}
        onQueue={props.onQueue}
        onMenu={props.onMenu}
        onBack={canGoBack ? back : null}
      />
      {till.pending.length > 0 && flow.step === 'find' && view === 'till' ? <Pending till={till} /> : null}
      {view === 'till' && late === null ? <LateBar flow={flow} entry={entry} onLater={setLate} /> : null}
      <main>
        {late !== null ? (
          <Later
            late={late}
            entry={entry}
            onKeep={(amount) => queue.add({ ...late, amount })}
            onDone={() => {
              setLate(null);
              dispatch({ type: 'next' });
            }}
            onClose={() => setLate(null)}
          />
        ) : view === 'sales' ? (
          <Sales api={api} sound={sound} onBack={() => onView('till')} onSignedOut={onSignedOut} />
        ) : (
          <Step
            till={till}
            entry={entry}
            onScan={canScan() ? () => setScanning(true) : null}
            onNewGuest={() => setNewcomer(true)}
            api={api}
            sound={sound}
            onSignedOut={onSignedOut}
            onShowSales={() => onView('sales')}
          />
        )}
      </main>
      {till.codes.found === null ? null : (
        <CodeFound key={till.codes.found.code} found={till.codes.found} till={till} api={api} sound={sound} />
      )}
      {newcomer ? (
        <NewGuest
          api={api}
          sound={sound}
          onSignedOut={onSignedOut}
          onClose={() => setNewcomer(false)}
          onIssued={(number) => {
            setNewcomer(false);
            find(number);
          }}
        />
      ) : null}
      {pin === null ? null : (
        <GuestPin
          api={api}
          sound={sound}
          wanted={pin}
          onSignedOut={onSignedOut}
          onClose={() => setDeclined(pin.problem)}
          onGuest={(guest) => {
            setDeclined(pin.problem);
            if ('accountId' in pin.whom) return dispatch({ type: 'arm' });
            dispatch({ type: 'find', query: pin.whom.phone });
            dispatch({ type: 'found', query: pin.whom.phone.trim(), guest });
          }}
        />
      )}
      {scanning ? <Scan onCode={onScanned} onClose={() => setScanning(false)} /> : null}
    </>
  );
}

function depthOf(till: Till, view: 'till' | 'sales', scanning: boolean): number {
  const { flow } = till;
  const inFlow = flow.step === 'find' ? 0 : flow.step === 'sale' && flow.sale.field === 'spend' ? 2 : 1;
  return inFlow + (view === 'sales' ? 1 : 0) + (scanning ? 1 : 0);
}

function Step(props: {
  readonly till: Till;
  readonly entry: Preferences['entry'];
  readonly onScan: (() => void) | null;
  readonly onNewGuest: () => void;
  readonly onShowSales: () => void;
  readonly api: TillApi;
  readonly sound: boolean;
  readonly onSignedOut: () => void;
}) {
  const { till, entry } = props;
  const { flow } = till;
  switch (flow.step) {
    case 'find':
      return <Find flow={flow} till={till} entry={entry} onScan={props.onScan} onNewGuest={props.onNewGuest} />;
    case 'sale':
      return (
        <Sale
          sale={flow.sale}
          entry={entry}
          till={till}
          api={props.api}
          sound={props.sound}
          onSignedOut={props.onSignedOut}
          busy={flow.busy}
        />
      );
    case 'sending':
      return <Sending flow={flow} />;
    case 'uncertain':
      return <Uncertain flow={flow} till={till} onShowSales={props.onShowSales} />;
    case 'done':
      return <Done flow={flow} onNext={() => till.dispatch({ type: 'next' })} />;
  }
}

/** Sales without an answer stay in sight until one comes. */
function Pending({ till }: { readonly till: Till }) {
  const { t } = useReading();
  return (
    <button type="button" className="pending" onClick={till.resume}>
      <span>{t('pending.count', { count: till.pending.length })}</span>
      <strong>{t('pending.open')}</strong>
    </button>
  );
}

import type { Session } from '@tessera/contract';
import { useCallback, useEffect, useState } from 'react';
import type { TillApi } from '../api/client.ts';
import { dropDraft } from '../device/draft.ts';
import { keepSession, keepStation, readSession, readStation, type Station } from '../device/station.ts';

export type Access =
  | { readonly state: 'asking' }
  | { readonly state: 'unreachable' }
  /** `why`: the session has run out, or the till has locked itself. */
  | { readonly state: 'out'; readonly why: 'over' | 'locked' | null }
  /** `believed`: the server has not been reached yet; the device remembers who was here. */
  | { readonly state: 'in'; readonly session: Session; readonly believed: boolean };

export interface Door {
  readonly access: Access;
  /** The station that this device is paired with; null for a page without one. */
  readonly station: Station | null;
  readonly enter: (session: Session) => void;
  readonly onSignedOut: () => void;
  /** Lets the next one sign in. False when the server cannot be reached: then everything stays as it is. */
  readonly signOut: () => Promise<boolean>;
  readonly onPaired: (station: Station) => void;
  /** Takes this device from its station; false as above. */
  readonly unpair: () => Promise<boolean>;
  readonly askAgain: () => void;
}

const ASK_AGAIN_MS = 4_000;

/** Who is at the till, and at which station: asked of the server, remembered for when it is out of reach. */
export function useAccess(api: TillApi): Door {
  const [access, setAccess] = useState<Access>({ state: 'asking' });
  const [station, setStation] = useState<Station | null>(() => readStation(localStorage));
  const knowStation = useCallback((next: Station | null) => {
    keepStation(localStorage, next);
    setStation(next);
  }, []);
  useQuestion(access, api, setAccess, knowStation);
  const believed = access.state !== 'in' || access.believed;
  const session = access.state === 'in' ? access.session : null;
  useEffect(() => {
    if (session !== null && !believed && station !== null) keepSession(localStorage, station, session, Date.now());
  }, [session, believed, station]);
  const leave = useCallback(
    (why: 'over' | 'locked' | null) => {
      if (station !== null) keepSession(localStorage, station, null, Date.now());
      setAccess({ state: 'out', why });
      // Somebody may have got a PIN since.
      void api.station().then((answer) => answer.ok && knowStation(answer.value.station));
    },
    [api, station, knowStation],
  );
  const onSignedOut = useCallback(() => leave('over'), [leave]);
  const signOut = async () => {
    const answer = await api.signOut();
    if (!answer.ok && answer.problem.kind === 'unreachable') return false;
    if (session !== null) dropDraft(sessionStorage, session.company.id);
    leave(null);
    return true;
  };
  const lock = useCallback(async () => {
    const answer = await api.signOut();
    // Without a network nobody could open it again: it stays as it is, and nothing can be spent anyway.
    if (answer.ok || answer.problem.kind !== 'unreachable') leave('locked');
  }, [api, leave]);
  useLock(session === null ? 0 : (station?.settings.lockMinutes ?? 0), lock);
  return {
    access,
    station,
    enter: (entered) => setAccess({ state: 'in', session: entered, believed: false }),
    onSignedOut,
    signOut,
    onPaired(paired) {
      knowStation(paired);
      setAccess({ state: 'asking' });
    },
    async unpair() {
      const answer = await api.unpair();
      if (!answer.ok && answer.problem.kind === 'unreachable') return false;
      leave(null);
      knowStation(null);
      return true;
    },
    askAgain: () => setAccess({ state: 'asking' }),
  };
}

/** Asks who is signed in and where; goes on asking while the server is out of reach. */
function useQuestion(
  access: Access,
  api: TillApi,
  setAccess: (access: Access) => void,
  knowStation: (station: Station | null) => void,
): void {
  const asking = access.state === 'asking';
  const believed = access.state === 'in' && access.believed;
  const open = asking || believed || access.state === 'unreachable';
  useEffect(() => {
    if (!open) return;
    let over = false;
    const ask = async () => {
      const [place, answer] = await Promise.all([api.station(), api.session()]);
      if (over) return;
      if (place.ok) knowStation(place.value.station);
      if (answer.ok) return setAccess({ state: 'in', session: answer.value, believed: false });
      if (answer.problem.kind === 'refused') return setAccess({ state: 'out', why: believed ? 'over' : null });
      if (believed) return;
      const here = readStation(localStorage);
      const kept = here && readSession(localStorage, here.stationId, Date.now());
      setAccess(kept ? { state: 'in', session: kept, believed: true } : { state: 'unreachable' });
    };
    if (asking) void ask();
    const timer = setInterval(() => void ask(), ASK_AGAIN_MS);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [open, asking, believed, api, setAccess, knowStation]);
}

/** Locks after so many minutes without a touch or a key; 0 never. */
function useLock(minutes: number, lock: () => Promise<void>): void {
  useEffect(() => {
    if (minutes === 0) return;
    let touchedMs = performance.now();
    const touch = () => {
      touchedMs = performance.now();
    };
    const timer = setInterval(() => {
      if (performance.now() - touchedMs < minutes * 60_000) return;
      touch();
      void lock();
    }, 5_000);
    const touches = ['pointerdown', 'keydown'] as const;
    for (const one of touches) addEventListener(one, touch, { passive: true });
    return () => {
      clearInterval(timer);
      for (const one of touches) removeEventListener(one, touch);
    };
  }, [minutes, lock]);
}

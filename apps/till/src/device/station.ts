import type { Session, StationHere } from '@tessera/contract';

/** The station that this device is paired with. */
export type Station = NonNullable<StationHere['station']>;

const STATION = 'tessera.till.station';
const SESSION = 'tessera.till.session';

/**
 * The code of a pairing address, `…/till/#pair=…`, taken out of the address at once: nobody finds it in the history.
 * Null when the page was opened by another address.
 */
export function takePairingCode(place: Location, history: History): string | null {
  const code = /^#pair=([\w-]{1,100})$/.exec(place.hash)?.[1] ?? null;
  if (code !== null) history.replaceState(null, '', place.pathname);
  return code;
}

/** The station as the server told it last, so that the page opens without a network too; null where nothing is known. */
export function readStation(store: Pick<Storage, 'getItem'>): Station | null {
  return read<Station>(store, STATION, (one) => Number.isSafeInteger(one.stationId) && Array.isArray(one.staff));
}

export function keepStation(store: Pick<Storage, 'setItem' | 'removeItem'>, station: Station | null): void {
  write(store, STATION, station);
}

interface KeptSession {
  readonly stationId: number;
  readonly untilMs: number;
  readonly session: Session;
}

/**
 * Who was signed in at this station, for a page that is opened while the server is out of reach: it may take sales that
 * are sent later. The server asks for the true session before it believes any of them.
 */
export function readSession(store: Pick<Storage, 'getItem'>, stationId: number, nowMs: number): Session | null {
  const kept = read<KeptSession>(store, SESSION, (one) => typeof one.untilMs === 'number' && one.session !== undefined);
  return kept !== null && kept.stationId === stationId && nowMs < kept.untilMs ? kept.session : null;
}

/** Keeps who is signed in for the rest of a shift; null forgets it. */
export function keepSession(
  store: Pick<Storage, 'setItem' | 'removeItem'>,
  station: Station,
  session: Session | null,
  nowMs: number,
): void {
  const untilMs = nowMs + station.settings.shiftHours * 3_600_000;
  write(store, SESSION, session === null ? null : { stationId: station.stationId, untilMs, session });
}

/** «Бар · На углу» */
export const placeOf = ({ name, venue }: Station): string => (venue?.name ? `${name} · ${venue.name}` : name);

/** What the device calls itself in the owner's list: no more than tells one tablet from another. */
export function deviceName(userAgent: string): string {
  const system = ['iPad', 'iPhone', 'Android', 'CrOS', 'Windows', 'Macintosh', 'Linux'].find((one) =>
    userAgent.includes(one),
  );
  return system === 'Macintosh' ? 'Mac' : system === 'CrOS' ? 'Chromebook' : (system ?? '');
}

function read<T>(store: Pick<Storage, 'getItem'>, slot: string, fits: (one: Partial<T>) => boolean): T | null {
  try {
    const value: unknown = JSON.parse(store.getItem(slot) ?? 'null');
    return typeof value === 'object' && value !== null && fits(value as Partial<T>) ? (value as T) : null;
  } catch {
    return null;
  }
}

function write(store: Pick<Storage, 'setItem' | 'removeItem'>, slot: string, value: unknown): void {
  try {
    if (value === null) store.removeItem(slot);
    else store.setItem(slot, JSON.stringify(value));
  } catch {
    // Without storage the page asks the server again each time it is opened.
  }
}

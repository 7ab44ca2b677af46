import type { PinMode, TillSettings } from '@tessera/contract';

/** Who asks at a till. A wrong code is counted for him, and what a guest has shown him holds for him alone. */
export type Asker = { stationId: number | null; userId: number | null };

export const askerOf = (actor: { station: { stationId: number } | null; userId: number | null }): Asker => ({
  stationId: actor.station?.stationId ?? null,
  userId: actor.userId,
});

/** The till, wherever there is one: people there share a device and a guest. */
export function nameOfAsker({ stationId, userId }: Asker): string {
  if (stationId !== null) return `station:${stationId}`;
  return userId === null ? 'program' : `user:${userId}`;
}

/** Whether a PIN is needed where somebody is known by his phone alone: as for the person, else for the till, else for all. */
export function modeFor({ pin }: Pick<TillSettings, 'pin'>, { stationId, userId }: Asker): PinMode {
  const person = pin.staff.find((one) => one.userId === userId);
  const station = pin.stations.find((one) => one.stationId === stationId);
  return person?.mode ?? station?.mode ?? pin.mode;
}

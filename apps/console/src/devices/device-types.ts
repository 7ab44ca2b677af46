import type { DeviceType } from '@tessera/contract';

/** What holds cards, in the order of the choice. */
export const deviceTypes = [
  'apple',
  'google',
  'walletpasses',
  'pass2u',
  'passwallet',
  'passworks',
  'other',
  'web',
] as const satisfies readonly DeviceType[];

export const deviceStates = ['behind', 'current'] as const;

/** What the address of the list says. */
export type DeviceSearch = {
  readonly type?: DeviceType | undefined;
  readonly state?: (typeof deviceStates)[number] | undefined;
  readonly designId?: string | undefined;
};

/** What of an address the list understands. */
export function readDeviceSearch(search: Record<string, unknown>): DeviceSearch {
  const type = deviceTypes.find((one) => one === search.type);
  const state = deviceStates.find((one) => one === search.state);
  // A number of an address comes as one.
  const designId = /^\d{1,9}$/.test(String(search.designId)) ? String(search.designId) : undefined;
  return { ...(type ? { type } : {}), ...(state ? { state } : {}), ...(designId ? { designId } : {}) };
}

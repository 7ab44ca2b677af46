import type { PinChannel, PinMode, TillSettings } from '@tessera/contract';

export const MODES = ['never', 'to_spend', 'always'] as const satisfies readonly PinMode[];
export const CHANNELS = ['bot', 'call', 'sms'] as const satisfies readonly PinChannel[];

/** Every number of the settings: where it stands, and its bounds. */
export const NUMBERS = {
  pinDigits: ['pin', 'digits', 4, 8],
  pinLifetimeMinutes: ['pin', 'lifetimeMinutes', 1, 30],
  tries: ['pin', 'tries', 2, 10],
  pauseSeconds: ['pin', 'pauseSeconds', 10, 600],
  proofMinutes: ['pin', 'proofMinutes', 5, 240],
  cardDigits: ['card', 'digits', 8, 12],
  cardLifetimeMinutes: ['card', 'lifetimeMinutes', 1, 60],
  overlapSeconds: ['card', 'overlapSeconds', 0, 300],
  perPhone: ['limits', 'perPhone', 1, 60],
  perAccount: ['limits', 'perAccount', 1, 600],
  perAddress: ['limits', 'perAddress', 10, 10_000],
  perStation: ['limits', 'perStation', 5, 2_000],
  perCompany: ['limits', 'perCompany', 10, 100_000],
  wrongPerStation: ['wrong', 'perStationAnHour', 3, 60],
  wrongPerCompany: ['wrong', 'perCompanyAnHour', 10, 300],
  wrongPerPhone: ['wrong', 'perPhoneADay', 3, 50],
} as const;
export type NumberName = keyof typeof NUMBERS;
const NAMES = Object.keys(NUMBERS) as NumberName[];

export type Exception = { id: number; mode: PinMode };
export type Draft = {
  mode: PinMode;
  /** All channels in their order; those that are off keep their place. */
  channels: { channel: PinChannel; on: boolean }[];
  stations: Exception[];
  staff: Exception[];
} & Record<NumberName, string>;

type Sections = Record<string, Record<string, unknown>>;

export function draftOf(settings: TillSettings): Draft {
  const { mode, channels, stations, staff } = settings.pin;
  const off = CHANNELS.filter((channel) => !channels.includes(channel));
  const numbers = NAMES.map((name) => {
    const [section, field] = NUMBERS[name];
    return [name, String((settings as Sections)[section]?.[field])] as const;
  });
  return {
    ...(Object.fromEntries(numbers) as Record<NumberName, string>),
    mode,
    channels: [
      ...channels.map((channel) => ({ channel, on: true })),
      ...off.map((channel) => ({ channel, on: false })),
    ],
    stations: stations.map(({ stationId, mode }) => ({ id: stationId, mode })),
    staff: staff.map(({ userId, mode }) => ({ id: userId, mode })),
  };
}

/** The settings that the draft stands for, and the fields that cannot be read. */
export function settingsOf(draft: Draft): { settings: TillSettings; wrong: readonly (keyof Draft)[] } {
  const wrong: (keyof Draft)[] = [];
  const sections: Record<'pin' | 'card' | 'limits' | 'wrong', Record<string, number>> = {
    pin: {},
    card: {},
    limits: {},
    wrong: {},
  };
  for (const name of NAMES) {
    const [section, field, least, most] = NUMBERS[name];
    const text = draft[name].trim();
    const value = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) wrong.push(name);
    sections[section][field] = value;
  }
  const channels = draft.channels.flatMap(({ channel, on }) => (on ? [channel] : []));
  if (channels.length === 0) wrong.push('channels');
  const pin = {
    ...sections.pin,
    mode: draft.mode,
    channels,
    stations: draft.stations.map(({ id, mode }) => ({ stationId: id, mode })),
    staff: draft.staff.map(({ id, mode }) => ({ userId: id, mode })),
  };
  return { settings: { ...sections, pin } as unknown as TillSettings, wrong };
}

/** The channels with one of them a place higher. */
export const raised = (channels: Draft['channels'], place: number): Draft['channels'] =>
  channels.map((one, at) => (at === place - 1 ? channels[place]! : at === place ? channels[place - 1]! : one));

import { searchKey } from '../../guests/index.ts';
import type { FieldGroup, OwnThings } from '../model.ts';

/** Which cards are meant; null: whatever it is. Kept with a change of many cards as it is. */
export type PassFilter = {
  /** The beginning of a serial, a phone, an e-mail address, a name, a number of the guest, a text of the card's own. */
  readonly search: string | null;
  readonly designId: number | null;
  readonly credentialId: number | null;
  readonly voided: boolean | null;
  readonly accountId: number | null;
  /** ISO 8601, the first moment and the first one after. */
  readonly createdFrom: string | null;
  readonly createdTo: string | null;
  /** Minor units: accounts with more points than this. */
  readonly pointsOver: number | null;
  /** Id of a level. */
  readonly level: string | null;
  readonly installed: boolean | null;
  readonly platform: 'apple' | 'android' | 'google' | null;
  /** Several designs or certificates, or single cards. */
  readonly designIds: readonly number[] | null;
  readonly credentialIds: readonly number[] | null;
  readonly passIds: readonly number[] | null;
  /** true: only cards of guests who agree to advertising. */
  readonly agreed: boolean | null;
  /** Not the cards that these changes of many cards have changed. */
  readonly notChangedBy: readonly number[] | null;
};

/** Under which a card's own code stands among its texts, beside the keys of its fields. */
const CODE_TEXT = ':code';

/** What of a card a search compares: its own values, code and texts, by name. */
export function searchTextsOf({
  ownValues,
  own,
}: {
  ownValues: Readonly<Record<string, string>>;
  own: OwnThings;
}): { name: string; key: string }[] {
  const things: [string, string | undefined][] = [
    ...Object.entries(ownValues),
    [CODE_TEXT, own.barcodeMessage],
    [':notes', own.notes],
    ...Object.entries(own.customFields ?? {}).map(([n, text]): [string, string | undefined] => [`:field${n}`, text]),
  ];
  return things.flatMap(([name, text]) => {
    const key = searchKey(text ?? '');
    return key === '' ? [] : [{ name, key }];
  });
}

/** Latin letters and digits: what every scanner, address and keyboard passes on unchanged. */
const PLAIN_SERIAL = /^[0-9A-Za-z]+$/;
/** Signs that no number can have: they end a line somewhere on the way. */
const UNREADABLE = /\p{Cc}/u;
const SERIAL_MAX = 64;

/** A typed serial; null when it cannot be one. `plain`: whether it is made of Latin letters and digits alone. */
export function readSerial(typed: string): { serial: string; plain: boolean } | null {
  const serial = typed.trim().normalize('NFC');
  if (serial === '' || serial.length > SERIAL_MAX || UNREADABLE.test(serial)) return null;
  return { serial, plain: PLAIN_SERIAL.test(serial) };
}

/** Without what is empty: an empty thing is none, and is as the design says. */
export function withoutEmpty<T extends object>(things: T): T {
  const kept = Object.entries(things).flatMap(([name, value]): [string, unknown][] => {
    if (value === null || value === undefined) return [];
    if (typeof value === 'string') return value.trim() === '' ? [] : [[name, value]];
    const inner = withoutEmpty(value as object);
    return Object.keys(inner).length === 0 ? [] : [[name, inner]];
  });
  return Object.fromEntries(kept) as T;
}

/** A field of a design beside what a card says in its place. */
export type OwnField = {
  key: string;
  group: FieldGroup;
  label: string;
  template: string;
  inherited: string;
  own: string;
};

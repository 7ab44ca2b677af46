import type { DesignBody } from '@tessera/contract';
import { instantOfLocal } from '../programmes/numbers.ts';
import { ofLanguages } from './crop.ts';
import { type Draft, type DraftField, GROUPS, type Language, TEXTS, type Translations } from './draft.ts';

/** Something that is typed and cannot be read: until it is mended nothing is saved, and pictures do without it. */
export type Unread = {
  readonly path: string;
  readonly code: 'number' | 'address' | 'identifier' | 'moment' | 'missing';
};

export type Read = { readonly body: DesignBody; readonly unread: readonly Unread[] };

type Note = (path: string, code: Unread['code']) => null;

/** What the fields say, for the server. What is left empty is left out. */
export function bodyOf(draft: Draft, timeZone: string): Read {
  const unread: Unread[] = [];
  const note: Note = (path, code) => {
    unread.push({ path, code });
    return null;
  };
  const { code, poster, nfc } = draft;
  const body: DesignBody = {
    style: draft.style,
    ...(poster ? { poster: posterOf(poster, draft) } : {}),
    language: draft.language,
    ...(Object.keys(draft.texts).length > 0 ? { texts: textsOf(draft) } : {}),
    organizationName: draft.organizationName.trim(),
    description: draft.description.trim(),
    logoText: draft.logoText.trim(),
    colours: coloursOf(draft, note),
    images: ofLanguages(
      draft.images,
      Object.keys(draft.texts).filter((one) => one !== draft.language),
    ),
    fields: fieldsOf(draft.fields),
    barcode: code
      ? {
          format: code.format,
          message: code.message.trim(),
          altText: code.altText.trim(),
          ...(code.encoding === '' ? {} : { encoding: code.encoding }),
        }
      : null,
    ...changingOf(draft, note),
    ...(nfc && wantNfc(nfc, note) ? { nfc: wantNfc(nfc, () => null)! } : {}),
    sharingProhibited: draft.sharingProhibited,
    ...whenOf(draft, timeZone, note),
    ...placesOf(draft, note),
    ...linksOf(draft, note),
    ...(draft.grouping.trim() === '' ? {} : { groupingIdentifier: draft.grouping.trim() }),
    ...googleOf(draft, note),
  };
  return { body, unread };
}

/** A colour that is still being typed is grey meanwhile. */
function coloursOf({ colours }: Draft, note: Note): DesignBody['colours'] {
  const read = (name: keyof typeof colours): string => {
    if (/^#[0-9a-f]{6}$/i.test(colours[name])) return colours[name];
    note(`colours/${name}`, 'identifier');
    return '#808080';
  };
  return { background: read('background'), foreground: read('foreground'), label: read('label') };
}

function posterOf(poster: NonNullable<Draft['poster']>, { fields }: Draft): NonNullable<DesignBody['poster']> {
  const there = new Set(GROUPS.flatMap((group) => fields[group].map(({ key }) => key)));
  const kept = (keys: readonly string[], most: number): string[] => keys.filter((key) => there.has(key)).slice(0, most);
  const additional = kept(poster.additional, 10);
  return {
    ...(poster.title.trim() === '' ? {} : { title: poster.title.trim() }),
    header: kept(poster.header, 1),
    primary: kept(poster.primary, 4),
    footer: kept(poster.footer, 2),
    ...(additional.length > 0 ? { additional } : {}),
  };
}

function fieldsOf(fields: Draft['fields']): DesignBody['fields'] {
  const group = (list: readonly DraftField[]) => list.map(fieldOf);
  return {
    header: group(fields.header),
    primary: group(fields.primary),
    secondary: group(fields.secondary),
    auxiliary: group(fields.auxiliary),
    back: group(fields.back),
  };
}

const fieldOf = ({ key, label, value, changeMessage, alignment, format, row }: DraftField) => ({
  key: key.trim(),
  label: label.trim(),
  value: value.trim(),
  ...(changeMessage.trim() === '' ? {} : { changeMessage: changeMessage.trim() }),
  ...(alignment === 'natural' ? {} : { alignment }),
  ...(format ? { format } : {}),
  ...(row === 1 ? { row } : {}),
});

function textsOf({ texts, fields, language: first }: Draft): NonNullable<DesignBody['texts']> {
  const keys = new Set(GROUPS.flatMap((group) => fields[group].map(({ key }) => key)));
  const said = Object.entries(texts).filter(([language]) => language !== first);
  return Object.fromEntries(
    said.map(([language, own]) => {
      const ofFields = Object.entries(own.fields)
        .filter(([key]) => keys.has(key))
        .map(([key, field]) => [key, filled(field)] as const)
        .filter(([, field]) => Object.keys(field).length > 0);
      const plain = filled(Object.fromEntries(TEXTS.map((name) => [name, own[name]])));
      return [language, { ...plain, ...(ofFields.length > 0 ? { fields: Object.fromEntries(ofFields) } : {}) }];
    }),
  );
}

/** Without what says nothing. */
const filled = (texts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => (text.trim() === '' ? [] : [[name, text.trim()]])),
  );

const translations = (texts: Translations): { texts?: Partial<Record<Language, string>> } => {
  const said = filled(texts as Record<string, string>);
  return Object.keys(said).length > 0 ? { texts: said } : {};
};

/** A number in an ordinary spelling, with a comma or a point; null for what is none. */
export function readNumber(text: string): number | null {
  const plain = text
    .replace(/[\s\u00A0\u202F]/g, '')
    .replace(',', '.')
    .replace('−', '-');
  return /^-?\d{1,15}(\.\d{1,12})?$/.test(plain) ? Number(plain) : null;
}

type Span = { readonly from: number; readonly to: number; readonly whole?: boolean };

/** A number that must stand in a span; '' gives undefined, what is none is noted. */
function numberOf(text: string, path: string, { from, to, whole = true }: Span, note: Note): number | null | undefined {
  if (text.trim() === '') return undefined;
  const number = readNumber(text);
  if (number === null || number < from || number > to || (whole && !Number.isInteger(number))) {
    return note(path, 'number');
  }
  return number;
}

function changingOf({ changing }: Draft, note: Note): Pick<DesignBody, 'changingCode'> {
  if (!changing) return {};
  const minutes = numberOf(changing.minutes, 'changingCode/minutes', { from: 1, to: 525_600 }, note);
  const graceMinutes = numberOf(changing.grace, 'changingCode/graceMinutes', { from: 0, to: 10_080 }, note);
  return { changingCode: { afterUse: changing.afterUse, minutes: minutes ?? null, graceMinutes: graceMinutes ?? 0 } };
}

function wantNfc(nfc: NonNullable<Draft['nfc']>, note: Note): DesignBody['nfc'] | null {
  const message = nfc.message.trim();
  const encryptionPublicKey = nfc.key.replace(/\s/g, '');
  if (message === '') return note('nfc/message', 'missing');
  if (encryptionPublicKey === '') return note('nfc/encryptionPublicKey', 'missing');
  return { message, encryptionPublicKey, requiresAuthentication: nfc.authentication };
}

function whenOf(draft: Draft, timeZone: string, note: Note): Pick<DesignBody, 'relevantDates' | 'expiry'> {
  const relevantDates = draft.dates.flatMap(({ from, until }, index) => {
    if (from === '' && until === '') return [];
    const first = instantOfLocal(from, timeZone);
    const last = until === '' ? null : instantOfLocal(until, timeZone);
    if (first === null || (until !== '' && last === null)) return note(`relevantDates/${index}`, 'moment') ?? [];
    return [last === null ? { at: first } : { from: first, until: last }];
  });
  return { ...(relevantDates.length > 0 ? { relevantDates } : {}), ...expiryOf(draft, note) };
}

function expiryOf({ expiry }: Draft, note: Note): Pick<DesignBody, 'expiry'> {
  if (expiry.kind === 'date') {
    if (!/^\d{4}-\d\d-\d\d$/.test(expiry.on)) return note('expiry', 'missing') ?? {};
    return { expiry: { kind: 'date', on: expiry.on } };
  }
  if (expiry.kind === 'days') {
    const days = numberOf(expiry.days, 'expiry', { from: 1, to: 36_500 }, note);
    if (days === undefined) note('expiry', 'missing');
    return days ? { expiry: { kind: 'days', days } } : {};
  }
  return {};
}

function placesOf(
  draft: Draft,
  note: Note,
): Pick<DesignBody, 'venuePlaces' | 'places' | 'beacons' | 'maxDistanceMetres'> {
  const places = draft.places.flatMap((place, index) => {
    if ([place.latitude, place.longitude, place.text].every((text) => text.trim() === '')) return [];
    const at = `places/${index}`;
    const latitude = numberOf(place.latitude, `${at}/latitude`, { from: -90, to: 90, whole: false }, note);
    const longitude = numberOf(place.longitude, `${at}/longitude`, { from: -180, to: 180, whole: false }, note);
    const altitude = numberOf(place.altitude, `${at}/altitude`, { from: -1_000, to: 10_000, whole: false }, note);
    if (latitude === undefined || longitude === undefined) return note(at, 'missing') ?? [];
    if (latitude === null || longitude === null || altitude === null) return [];
    const height = altitude === undefined ? {} : { altitude };
    return [{ latitude, longitude, ...height, text: place.text.trim(), ...translations(place.texts) }];
  });
  const beacons = draft.beacons.flatMap((beacon, index) => {
    const at = `beacons/${index}`;
    const uuid = uuidOf(beacon.uuid);
    if (beacon.uuid.trim() === '' && beacon.text.trim() === '') return [];
    if (uuid === null) return note(`${at}/uuid`, 'identifier') ?? [];
    const major = numberOf(beacon.major, `${at}/major`, { from: 0, to: 65_535 }, note);
    const minor = numberOf(beacon.minor, `${at}/minor`, { from: 0, to: 65_535 }, note);
    return [
      {
        uuid,
        ...(typeof major === 'number' ? { major } : {}),
        ...(typeof minor === 'number' ? { minor } : {}),
        text: beacon.text.trim(),
        ...translations(beacon.texts),
      },
    ];
  });
  const distance = numberOf(draft.maxDistance, 'maxDistanceMetres', { from: 1, to: 100_000 }, note);
  return {
    ...(draft.venuePlaces ? { venuePlaces: true } : {}),
    ...(places.length > 0 ? { places } : {}),
    ...(typeof distance === 'number' ? { maxDistanceMetres: distance } : {}),
    ...(beacons.length > 0 ? { beacons } : {}),
  };
}

/** With or without its dashes, in any case. */
function uuidOf(text: string): string | null {
  const plain = text.replace(/[\s-]/g, '').toUpperCase();
  if (!/^[0-9A-F]{32}$/.test(plain)) return null;
  return plain.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function linksOf(draft: Draft, note: Note): Pick<DesignBody, 'links' | 'apps' | 'featuredActions'> {
  const links = draft.links.flatMap(({ label, url, texts }, index) => {
    if (label.trim() === '' && url.trim() === '') return [];
    if (url.trim().length < 4) return note(`links/${index}/url`, 'address') ?? [];
    return [{ label: label.trim(), url: url.trim(), ...translations(texts) }];
  });
  const featuredActions = draft.actions.flatMap(({ type, url }, index) => {
    if (url.trim().length < 4) return note(`featuredActions/${index}/url`, 'address') ?? [];
    return [{ type, url: url.trim() }];
  });
  return {
    ...(links.length > 0 ? { links } : {}),
    ...appsOf(draft, note),
    ...(featuredActions.length > 0 ? { featuredActions } : {}),
  };
}

function appsOf({ apps }: Draft, note: Note): Pick<DesignBody, 'apps'> {
  const words = apps.storeIds.split(/[\s,;]+/).filter((word) => word !== '');
  // The App Store writes them with `id` in front.
  const ids = words.map((word) => readNumber(word.replace(/^id/i, '')));
  const appleStoreIds = ids.filter((id) => id !== null && Number.isInteger(id) && id > 0) as number[];
  if (appleStoreIds.length < words.length) note('apps/appleStoreIds', 'number');
  const launch = apps.launchUrl.trim();
  if (launch !== '' && launch.length < 4) note('apps/appLaunchUrl', 'address');
  const android = apps.androidPackage.trim();
  const isPackage = /^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)+$/.test(android);
  if (android !== '' && !isPackage) note('apps/androidPackage', 'identifier');
  const said = {
    ...(appleStoreIds.length > 0 ? { appleStoreIds } : {}),
    ...(launch.length >= 4 ? { appLaunchUrl: launch } : {}),
    ...(isPackage ? { androidPackage: android } : {}),
  };
  return Object.keys(said).length > 0 ? { apps: said } : {};
}

function googleOf({ google }: Draft, note: Note): Pick<DesignBody, 'google'> {
  const seconds = numberOf(google.rotating, 'google/rotatingSeconds', { from: 30, to: 300 }, note);
  const said = {
    ...(google.vertical === '' ? {} : { vertical: google.vertical }),
    ...(typeof seconds === 'number' ? { rotatingSeconds: seconds } : {}),
  };
  return Object.keys(said).length > 0 ? { google: said } : {};
}

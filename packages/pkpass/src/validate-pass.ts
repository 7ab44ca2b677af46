/** The limits of pass.json that nobody checks before a phone refuses the card (Apple, "Wallet Passes: Pass"). */
import { createPublicKey } from 'node:crypto';
import {
  checkShape,
  entriesOf,
  hasType,
  isObject,
  isPassDate,
  type JsonObject,
  type JsonType,
  joinPath,
  numberOf,
  requireText,
  textOf,
} from './json-shape.ts';
import type { PassStyle } from './pass.ts';
import { makeProblemList, type PassProblem, type ProblemList } from './pass-problem.ts';
import { validateBarcode, validateBarcodes } from './validate-barcodes.ts';
import { validateStyle } from './validate-fields.ts';

export type PassValidationOptions = {
  /** The signing certificate's facts, to compare with. `checkCredential` gives them. */
  readonly identity?: {
    readonly passTypeIdentifier?: string | undefined;
    readonly teamIdentifier?: string | undefined;
    readonly nfcCapable?: boolean;
  };
  /** Lets `webServiceURL` use http on localhost and 127.0.0.1, for demos with a simulated phone. */
  readonly allowLocalHttp?: boolean;
};

export const passStyles = [
  'storeCard',
  'coupon',
  'generic',
  'eventTicket',
  'boardingPass',
] as const satisfies PassStyle[];

const shape: Readonly<Record<string, JsonType>> = {
  formatVersion: 'number',
  passTypeIdentifier: 'string',
  teamIdentifier: 'string',
  serialNumber: 'string',
  organizationName: 'string',
  description: 'string',
  logoText: 'string',
  backgroundColor: 'string',
  foregroundColor: 'string',
  labelColor: 'string',
  stripColor: 'string',
  suppressStripShine: 'boolean',
  barcodes: 'array',
  barcode: 'object',
  locations: 'array',
  beacons: 'array',
  maxDistance: 'number',
  relevantDate: 'string',
  relevantDates: 'array',
  expirationDate: 'string',
  voided: 'boolean',
  sharingProhibited: 'boolean',
  groupingIdentifier: 'string',
  nfc: 'object',
  webServiceURL: 'string',
  authenticationToken: 'string',
  associatedStoreIdentifiers: 'array',
  appLaunchURL: 'string',
  semantics: 'object',
  featuredActions: 'array',
  preferredStyleSchemes: 'array',
  posterGeneric: 'object',
  ...Object.fromEntries(passStyles.map((style) => [style, 'object' as const])),
};

/**
 * Checks a pass and names the path of everything wrong. Takes anything, never throws. Without errors phones open the
 * card; warnings tell what they will not show.
 */
export function validatePass(pass: unknown, options: PassValidationOptions = {}): PassProblem[] {
  const list = makeProblemList();
  if (!isObject(pass)) {
    list.error('', 'wrong_type', { expected: 'object' });
    return [...list.problems];
  }
  // `userInfo` may be any JSON.
  const { userInfo: _any, ...rest } = pass;
  checkShape(rest, shape, '', list);
  validateIdentity(pass, options, list);
  validateStyles(pass, list);
  validateLooks(pass, list);
  validateWebService(pass, options, list);
  validateBarcodes(entriesOf(pass, 'barcodes'), 'barcodes', list);
  if (isObject(pass.barcode)) validateBarcode(pass.barcode, 'barcode', list);
  validateRelevance(pass, list);
  validateNfc(pass, options, list);
  return [...list.problems];
}

function validateIdentity(pass: JsonObject, { identity }: PassValidationOptions, list: ProblemList): void {
  if (pass.formatVersion === undefined) list.error('formatVersion', 'required');
  else if (hasType(pass.formatVersion, 'number') && pass.formatVersion !== 1) {
    list.error('formatVersion', 'not_allowed', { value: String(pass.formatVersion) });
  }
  for (const key of ['passTypeIdentifier', 'teamIdentifier', 'serialNumber', 'organizationName', 'description']) {
    requireText(pass, key, '', list);
  }
  const type = textOf(pass, 'passTypeIdentifier');
  const team = textOf(pass, 'teamIdentifier');
  const serial = textOf(pass, 'serialNumber');
  if (type && !/^pass\.[A-Za-z0-9.-]+$/.test(type)) list.error('passTypeIdentifier', 'pass_type_format');
  if (team && !/^[A-Z0-9]{10}$/.test(team)) list.error('teamIdentifier', 'team_format');
  if (serial && !/^[A-Za-z0-9_-]{1,64}$/.test(serial)) list.warn('serialNumber', 'serial_format');
  if (type && identity?.passTypeIdentifier !== undefined && type !== identity.passTypeIdentifier) {
    list.error('passTypeIdentifier', 'pass_type_mismatch', { expected: identity.passTypeIdentifier, actual: type });
  }
  if (team && identity?.teamIdentifier !== undefined && team !== identity.teamIdentifier) {
    list.error('teamIdentifier', 'team_mismatch', { expected: identity.teamIdentifier, actual: team });
  }
}

function validateStyles(pass: JsonObject, list: ProblemList): void {
  const present = passStyles.filter((style) => pass[style] !== undefined);
  if (present.length === 0) list.error('', 'style_missing');
  if (present.length > 1) list.error('', 'style_several', { styles: present.join(', ') });
  for (const style of [...present, 'posterGeneric']) {
    const value = pass[style];
    if (isObject(value)) validateStyle(style, value, list);
  }
}

const colorPattern = /^rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)$/;

function validateLooks(pass: JsonObject, list: ProblemList): void {
  for (const key of ['backgroundColor', 'foregroundColor', 'labelColor', 'stripColor']) {
    const color = textOf(pass, key);
    if (color === undefined) continue;
    const parts = colorPattern.exec(color)?.slice(1).map(Number);
    if (!parts?.every((part) => part <= 255)) list.error(key, 'color_format');
  }
  const expiration = textOf(pass, 'expirationDate');
  if (expiration !== undefined && !isPassDate(expiration)) list.error('expirationDate', 'date_format');
  if (pass.appLaunchURL !== undefined && pass.associatedStoreIdentifiers === undefined) {
    list.error('appLaunchURL', 'app_without_store_identifier');
  }
  entriesOf(pass, 'associatedStoreIdentifiers').forEach((id, index) => {
    if (!hasType(id, 'number'))
      list.error(`associatedStoreIdentifiers[${index}]`, 'wrong_type', { expected: 'number' });
  });
  const actions = entriesOf(pass, 'featuredActions').length;
  if (actions > 2) list.error('featuredActions', 'too_many', { limit: 2, count: actions });
}

const shortestToken = 16;

function validateWebService(pass: JsonObject, options: PassValidationOptions, list: ProblemList): void {
  const address = textOf(pass, 'webServiceURL');
  const token = textOf(pass, 'authenticationToken');
  if (token !== undefined && token.length < shortestToken) {
    list.error('authenticationToken', 'token_too_short', { length: token.length });
  }
  if (address === undefined) {
    if (token !== undefined) list.warn('authenticationToken', 'token_without_url');
    return;
  }
  if (token === undefined) list.error('authenticationToken', 'token_missing');
  const url = URL.parse(address);
  if (!url) {
    list.error('webServiceURL', 'url_invalid');
    return;
  }
  const local = url.protocol === 'http:' && (url.hostname === 'localhost' || url.hostname === '127.0.0.1');
  if (url.protocol !== 'https:' && !(local && options.allowLocalHttp)) list.error('webServiceURL', 'url_not_https');
  if (/(\/|\/v1)$/.test(address)) list.warn('webServiceURL', 'url_ending');
}

const placesLimit = 10;

function validateRelevance(pass: JsonObject, list: ProblemList): void {
  for (const key of ['locations', 'beacons']) {
    const count = entriesOf(pass, key).length;
    if (count > placesLimit) list.error(key, 'too_many', { limit: placesLimit, count });
  }
  entriesOf(pass, 'locations').forEach((location, index) => {
    validateEntry(location, `locations[${index}]`, list, {
      required: ['latitude', 'longitude'],
      shape: { latitude: 'number', longitude: 'number', altitude: 'number', relevantText: 'string' },
      ranges: { latitude: [-90, 90], longitude: [-180, 180] },
    });
  });
  entriesOf(pass, 'beacons').forEach((beacon, index) => {
    validateEntry(beacon, `beacons[${index}]`, list, {
      required: ['proximityUUID'],
      shape: { proximityUUID: 'string', major: 'number', minor: 'number', relevantText: 'string' },
      ranges: { major: [0, 65535], minor: [0, 65535] },
    });
  });
  const distance = numberOf(pass, 'maxDistance');
  if (distance !== undefined && distance <= 0) list.error('maxDistance', 'out_of_range', { from: 1, to: 100_000 });
  validateRelevantDates(pass, list);
}

function validateEntry(
  entry: unknown,
  path: string,
  list: ProblemList,
  rules: {
    readonly required: readonly string[];
    readonly shape: Readonly<Record<string, JsonType>>;
    readonly ranges: Readonly<Record<string, readonly [from: number, to: number]>>;
  },
): void {
  if (!isObject(entry)) {
    list.error(path, 'wrong_type', { expected: 'object' });
    return;
  }
  checkShape(entry, rules.shape, path, list);
  for (const key of rules.required) if (entry[key] === undefined) list.error(joinPath(path, key), 'required');
  for (const [key, [from, to]] of Object.entries(rules.ranges)) {
    const value = numberOf(entry, key);
    if (value !== undefined && (value < from || value > to))
      list.error(joinPath(path, key), 'out_of_range', { from, to });
  }
}

function validateRelevantDates(pass: JsonObject, list: ProblemList): void {
  const single = textOf(pass, 'relevantDate');
  if (single !== undefined && !isPassDate(single)) list.error('relevantDate', 'date_format');
  const dates = { date: 'string', relevantDate: 'string', startDate: 'string', endDate: 'string' } as const;
  for (const [index, entry] of entriesOf(pass, 'relevantDates').entries()) {
    const path = `relevantDates[${index}]`;
    validateEntry(entry, path, list, { required: [], shape: dates, ranges: {} });
    if (!isObject(entry)) continue;
    for (const key of Object.keys(dates)) {
      const date = textOf(entry, key);
      if (date !== undefined && !isPassDate(date)) list.error(joinPath(path, key), 'date_format');
    }
  }
  const placeOnly = pass.storeCard !== undefined || pass.coupon !== undefined;
  const key = pass.relevantDates === undefined ? 'relevantDate' : 'relevantDates';
  if (placeOnly && pass[key] !== undefined) list.warn(key, 'relevance_ignored');
}

const nfcMessageLimitBytes = 64;

function validateNfc(pass: JsonObject, { identity }: PassValidationOptions, list: ProblemList): void {
  const nfc = pass.nfc;
  if (!isObject(nfc)) return;
  checkShape(nfc, { message: 'string', encryptionPublicKey: 'string', requiresAuthentication: 'boolean' }, 'nfc', list);
  requireText(nfc, 'message', 'nfc', list);
  requireText(nfc, 'encryptionPublicKey', 'nfc', list);
  const bytes = Buffer.byteLength(textOf(nfc, 'message') ?? '');
  if (bytes > nfcMessageLimitBytes) list.error('nfc.message', 'nfc_message_too_long', { bytes });
  const key = textOf(nfc, 'encryptionPublicKey');
  if (key && !isP256Key(key)) list.error('nfc.encryptionPublicKey', 'nfc_key_invalid');
  if (identity?.nfcCapable === false) list.error('nfc', 'nfc_not_allowed');
}

function isP256Key(base64: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return false;
  try {
    const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  } catch {
    return false;
  }
}

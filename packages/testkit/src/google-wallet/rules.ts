import { knownFields, requiredFields } from './fields.ts';
import { type Body, GoogleError, type Kind, type State } from './state.ts';

const invalid = (message: string) => new GoogleError(400, 'invalid', message);

const ID = /^(\d{3,25})\.[A-Za-z0-9._-]+$/;
const MODULES_KEPT = 10;

/** Refuses what Google refuses of a whole resource, as it would be kept. */
export function checkResource(state: State, kind: Kind, body: Body): void {
  for (const name of Object.keys(body)) {
    if (!knownFields[kind].has(name)) throw invalid(`Invalid JSON payload received. Unknown name "${name}"`);
  }
  checkId(body.id);
  for (const names of requiredFields[kind]) {
    if (names.split('|').every((name) => isEmpty(body[name])))
      throw invalid(`Field '${names.split('|')[0]}' is required.`);
  }
  if (body.hexBackgroundColor !== undefined && !/^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(String(body.hexBackgroundColor))) {
    throw invalid('Invalid hexBackgroundColor.');
  }
  checkLocations(body);
  checkTexts(body);
  walk(body, '', (value, path) => checkValue(state, value, path));
  if (kind.endsWith('Class')) checkClass(state, kind, body);
  else checkObject(kind, body);
}

export function checkId(id: unknown): string {
  const match = typeof id === 'string' ? ID.exec(id) : null;
  if (!match) throw invalid(`Invalid resource ID: ${String(id).slice(0, 40)}.`);
  return match[1]!;
}

function checkLocations({ merchantLocations }: Body): void {
  if (Array.isArray(merchantLocations) && merchantLocations.length > 10) throw invalid('Too many merchantLocations.');
}

function checkTexts({ textModulesData }: Body): void {
  if (textModulesData === undefined) return;
  if (!Array.isArray(textModulesData)) throw invalid('textModulesData must be an array.');
  const ids = (textModulesData as Body[]).map(({ id }) => id).filter((id) => id !== undefined);
  if (new Set(ids).size !== ids.length) throw invalid('Duplicate id in textModulesData.');
  if (textModulesData.length > MODULES_KEPT) throw invalid('Too many textModulesData.');
}

function checkClass(state: State, kind: Kind, body: Body): void {
  const { callbackOptions, multipleDevicesAndHoldersAllowedStatus: sharing } = body;
  if (callbackOptions !== undefined) checkAddress(state, String((callbackOptions as Body).url), 'callbackOptions.url');
  if (sharing !== undefined) {
    oneOf(
      sharing,
      ['MULTIPLE_HOLDERS', 'ONE_USER_ALL_DEVICES', 'ONE_USER_ONE_DEVICE', 'STATUS_UNSPECIFIED'],
      'sharing',
    );
  }
  if (kind === 'offerClass') {
    oneOf(body.redemptionChannel, ['INSTORE', 'ONLINE', 'BOTH', 'TEMPORARY_PRICE_REDUCTION'], 'redemptionChannel');
  }
}

function checkObject(kind: Kind, body: Body): void {
  oneOf(body.state, ['ACTIVE', 'COMPLETED', 'EXPIRED', 'INACTIVE'], 'state');
  const { barcode, rotatingBarcode, validTimeInterval, balance } = body as Record<string, Body | undefined>;
  if (barcode) {
    oneOf(barcode.type, ['QR_CODE', 'PDF_417', 'AZTEC', 'CODE_128', 'CODE_39', 'EAN_13', 'TEXT_ONLY'], 'barcode.type');
    if (isEmpty(barcode.value)) throw invalid('barcode.value is required.');
  }
  if (rotatingBarcode) checkRotating(rotatingBarcode);
  if (validTimeInterval) {
    for (const end of [validTimeInterval.start, validTimeInterval.end] as (Body | undefined)[]) {
      // Without an offset it would be some other moment at each guest's.
      if (end && !/T\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/.test(String(end.date))) throw invalid('A date needs an offset.');
    }
  }
  for (const points of [body.loyaltyPoints, body.secondaryLoyaltyPoints] as (Body | undefined)[]) checkPoints(points);
  if (kind === 'giftCardObject' && balance) checkMoney(balance);
}

function checkRotating({ type, valuePattern, totpDetails }: Body): void {
  oneOf(type, ['QR_CODE', 'PDF_417'], 'rotatingBarcode.type');
  if (!/\{totp_value_\d\}/.test(String(valuePattern))) throw invalid('valuePattern names no TOTP value.');
  const { algorithm, periodMillis, parameters } = (totpDetails ?? {}) as Body;
  if (algorithm !== 'TOTP_SHA1') throw invalid('Unknown TOTP algorithm.');
  if (typeof periodMillis !== 'string' || !/^\d+$/.test(periodMillis))
    throw invalid('periodMillis is an int64 string.');
  for (const { key, valueLength } of (parameters ?? []) as Body[]) {
    if (!/^([0-9a-f]{2})+$/i.test(String(key))) throw invalid('A TOTP key is Base16.');
    if (typeof valueLength !== 'number' || valueLength < 1 || valueLength > 8) throw invalid('Invalid valueLength.');
  }
}

const BALANCES = ['int', 'double', 'string', 'money'];

function checkPoints(points: Body | undefined): void {
  if (points?.balance === undefined) return;
  const balance = points.balance as Body;
  const given = Object.keys(balance);
  if (given.length !== 1 || !BALANCES.includes(given[0]!)) throw invalid('Exactly one kind of balance must be set.');
  if (balance.int !== undefined && !Number.isSafeInteger(balance.int)) throw invalid('balance.int is an int32.');
  if (balance.money) checkMoney(balance.money as Body);
}

function checkMoney({ micros, currencyCode }: Body): void {
  if (typeof micros !== 'string' || !/^-?\d+$/.test(micros)) throw invalid('micros is an int64 string.');
  if (!/^[A-Z]{3}$/.test(String(currencyCode))) throw invalid('Invalid currencyCode.');
}

/** What is true of a value wherever it stands: addresses of pictures, localised texts. */
function checkValue(state: State, value: Body, path: string): void {
  const uri = (value.sourceUri as Body | undefined)?.uri;
  if (uri !== undefined) checkAddress(state, String(uri), path);
  if ('defaultValue' in value || 'translatedValues' in value) {
    for (const one of [value.defaultValue, ...((value.translatedValues ?? []) as unknown[])] as (Body | undefined)[]) {
      if (isEmpty(one?.value) || isEmpty(one?.language))
        throw invalid(`${path}: a localized text without value or language.`);
    }
  }
}

function checkAddress(state: State, uri: string, path: string): void {
  const url = URL.canParse(uri) ? new URL(uri) : null;
  const plain = url?.protocol === 'http:' && state.options.plainHosts.includes(url.hostname);
  if (url?.protocol !== 'https:' && !plain) throw invalid(`${path} must be a public https address.`);
}

function walk(value: unknown, path: string, visit: (value: Body, path: string) => void): void {
  if (Array.isArray(value)) for (const [index, one] of value.entries()) walk(one, `${path}[${index}]`, visit);
  else if (typeof value === 'object' && value !== null) {
    visit(value as Body, path);
    for (const [name, one] of Object.entries(value)) walk(one, path === '' ? name : `${path}.${name}`, visit);
  }
}

/** The addresses of all pictures of a resource. */
export function picturesOf(body: Body): string[] {
  const found: string[] = [];
  walk(body, '', ({ sourceUri }) => {
    if (sourceUri !== undefined) found.push(String((sourceUri as Body).uri));
  });
  return found;
}

function oneOf(value: unknown, allowed: readonly string[], name: string): void {
  if (!allowed.includes(String(value))) throw invalid(`Invalid value at '${name}'.`);
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

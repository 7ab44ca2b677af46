/** A card as a phone keeps it: read from a checked bundle, compared with its next version. */
import { type BundleReport, checkBundle } from '@tessera/pkpass';

/** pass.json, parsed. */
export type PassJson = Readonly<Record<string, unknown>>;

/** A field of the front or back, as far as change messages need it. */
export type CardField = {
  readonly key: string;
  readonly value: string | number;
  readonly changeMessage?: string;
  readonly currencyCode?: string;
  readonly numberStyle?: string;
  readonly dateStyle?: string;
  readonly timeStyle?: string;
};

export type CardContent = {
  readonly typeIdentifier: string;
  readonly serialNumber: string;
  readonly organizationName: string;
  /** Absent when the card cannot be updated. */
  readonly service?: { readonly url: string; readonly authenticationToken: string };
  readonly pass: PassJson;
  readonly fields: readonly CardField[];
  readonly files: ReadonlyMap<string, Uint8Array>;
};

export type Reading =
  | { readonly status: 'readable'; readonly content: CardContent }
  | { readonly status: 'refused'; readonly problems: readonly string[] };

const styles = ['storeCard', 'coupon', 'generic', 'eventTicket', 'boardingPass'] as const;
const groups = ['headerFields', 'primaryFields', 'secondaryFields', 'auxiliaryFields', 'backFields'] as const;
const shortestTokenCharacters = 16;
/** Differ in every signature, also when nothing changed. */
const signedParts = new Set(['manifest.json', 'signature']);

export type ReadingOptions = {
  /** PEM certificates that the signature must lead up to. */
  readonly rootCertificates: readonly string[];
  readonly now: Temporal.Instant;
  readonly allowLocalHttp: boolean;
};

/** Reads what Wallet would read; a bundle with any error is refused as a whole, as Wallet does. */
export function readCard(bytes: Uint8Array, options: ReadingOptions): Reading {
  const bundle = checkBundle(bytes, options);
  const { pass, files } = bundle;
  if (!bundle.ok || pass === undefined) return { status: 'refused', problems: describeErrors(bundle) };
  const problems: string[] = [];
  const text = (key: string) => {
    const value = pass[key];
    if (typeof value === 'string' && value !== '') return value;
    problems.push(`${key} is not a text`);
    return '';
  };
  const names = {
    typeIdentifier: text('passTypeIdentifier'),
    serialNumber: text('serialNumber'),
    organizationName: text('organizationName'),
  };
  const fields = readFields(pass, problems);
  const service = readService(pass, problems);
  if (problems.length > 0) return { status: 'refused', problems };
  return {
    status: 'readable',
    content: { ...names, ...(service === undefined ? {} : { service }), pass, fields, files },
  };
}

/** Whether two versions show the same: all files equal but those that every signing changes. */
export function isSameContent(before: CardContent, after: CardContent): boolean {
  const names = new Set([...before.files.keys(), ...after.files.keys()]);
  for (const name of names) {
    if (signedParts.has(name)) continue;
    const [old, recent] = [before.files.get(name), after.files.get(name)];
    if (old === undefined || recent === undefined || Buffer.compare(old, recent) !== 0) return false;
  }
  return true;
}

function readService(pass: PassJson, problems: string[]): CardContent['service'] {
  const { webServiceURL: url, authenticationToken } = pass;
  if (url === undefined) return undefined;
  if (typeof url !== 'string' || !URL.canParse(url)) problems.push('webServiceURL is not an address');
  else if (typeof authenticationToken !== 'string' || authenticationToken.length < shortestTokenCharacters) {
    problems.push(`authenticationToken has fewer than ${shortestTokenCharacters} characters`);
  } else return { url, authenticationToken };
  return undefined;
}

function readFields(pass: PassJson, problems: string[]): CardField[] {
  const style = styles.map((name) => pass[name]).find(isObject);
  if (style === undefined) {
    problems.push('no style');
    return [];
  }
  const fields = groups.flatMap((group) => {
    const list = style[group];
    return Array.isArray(list) ? list.map((field: unknown) => readField(field, group, problems)) : [];
  });
  const known = fields.filter((field) => field !== undefined);
  const keys = new Set<string>();
  for (const { key } of known) {
    if (keys.has(key)) problems.push(`field key ${key} occurs twice`);
    keys.add(key);
  }
  return known;
}

function readField(field: unknown, group: string, problems: string[]): CardField | undefined {
  if (!isObject(field)) problems.push(`${group} holds something that is not a field`);
  else if (typeof field.key !== 'string' || field.key === '') problems.push(`${group} holds a field without key`);
  else if (typeof field.value !== 'string' && typeof field.value !== 'number') {
    problems.push(`field ${field.key} has no value`);
  } else {
    const optional: Record<string, string> = {};
    for (const name of ['changeMessage', 'currencyCode', 'numberStyle', 'dateStyle', 'timeStyle']) {
      const value = field[name];
      if (typeof value === 'string') optional[name] = value;
    }
    return { key: field.key, value: field.value, ...optional };
  }
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describeErrors({ problems, passProblems }: BundleReport): string[] {
  const errors = [...problems, ...passProblems].filter(({ severity }) => severity === 'error');
  return errors.map(({ severity: _, ...problem }) => JSON.stringify(problem));
}

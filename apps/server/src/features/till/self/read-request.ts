/** What a till script sends, however it writes it. Names in any case; values as text. */
export type Fields = ReadonlyMap<string, string>;

const FIELDS_MAX = 40;
const VALUE_CHARACTERS_MAX = 400;

/** What script writers call the same thing. */
const ALIASES: Readonly<Record<string, string>> = {
  tel: 'phone',
  telephone: 'phone',
  phonenumber: 'phone',
  code: 'pin',
  smscode: 'pin',
  requestid: 'request',
  requestnumber: 'request',
  card: 'number',
  cardnumber: 'number',
  cardcode: 'number',
  fio: 'name',
  fullname: 'name',
  guest: 'name',
  birthdate: 'birthday',
  dateofbirth: 'birthday',
  query: 'text',
  qr: 'text',
  search: 'text',
};

const nameOf = (raw: string): string => {
  const plain = raw.toLowerCase().replace(/[^\p{L}\d]/gu, '');
  return ALIASES[plain] ?? plain;
};

/** Bytes as text: as the sender says, else UTF-8, else what they can only be: windows-1251. */
export function decodeText(bytes: Uint8Array, charset: string | null): string {
  if (isOlder(charset)) return new TextDecoder('windows-1251').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1251').decode(bytes);
  }
}

/** Whether a charset is the one of older tills. */
export const isOlder = (charset: string | null): boolean =>
  charset !== null && /^(?:windows-?1251|cp-?1251|win-?1251|1251)$/i.test(charset.trim());

/** The fields of a query or of a form, percent-encoded in whichever charset. */
export function readForm(text: string, charset: string | null): Map<string, string> {
  const fields = new Map<string, string>();
  for (const pair of text.split('&').slice(0, FIELDS_MAX)) {
    const at = pair.indexOf('=');
    if (at > 0) put(fields, decodePart(pair.slice(0, at), charset), decodePart(pair.slice(at + 1), charset));
  }
  return fields;
}

/** A body: JSON when it looks like it, else a form. Null when it is neither. */
export function readBody(bytes: Buffer, charset: string | null): Map<string, string> | null {
  const text = decodeText(bytes, charset).trim();
  if (!text.startsWith('{')) return readForm(bytes.toString('latin1').trim().replace(/\r?\n/g, '&'), charset);
  const fields = new Map<string, string>();
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    for (const [name, one] of Object.entries(value).slice(0, FIELDS_MAX)) {
      if (['string', 'number', 'boolean'].includes(typeof one)) put(fields, name, String(one));
    }
  } catch {
    return null;
  }
  return fields;
}

function put(fields: Map<string, string>, name: string, value: string): void {
  // Control characters come from a scanner or a broken script; no field of ours has any.
  const text = value
    .replace(/\p{Cc}+/gu, ' ')
    .toWellFormed()
    .trim()
    .slice(0, VALUE_CHARACTERS_MAX);
  if (text !== '') fields.set(nameOf(name), text);
}

function decodePart(part: string, charset: string | null): string {
  const bytes: number[] = [];
  for (let at = 0; at < part.length; at += 1) {
    const hex = part[at] === '%' ? /^[0-9a-f]{2}/i.exec(part.slice(at + 1, at + 3))?.[0] : undefined;
    if (hex) {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    } else bytes.push(part[at] === '+' && !/^\+\d/.test(part.slice(at)) ? 0x20 : part.charCodeAt(at) & 0xff);
  }
  return decodeText(Uint8Array.from(bytes), charset);
}

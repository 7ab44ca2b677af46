import { MAX_AMOUNT } from '../amounts.ts';

/**
 * What the QR code of a Russian fiscal receipt says. The format is fixed by the tax service's order on fiscal data:
 * `t=20261103T1405&s=1250.00&fn=9999078900004312&i=12345&fp=1234567890&n=1`.
 */
export type FiscalReceipt = {
  /** The till's local time to the minute, `2026-11-03T14:05`; the code does not say its zone. */
  readonly localTime: string;
  /** Minor units of money. */
  readonly sum: bigint;
  /** Number of the fiscal storage: 16 digits. */
  readonly storage: string;
  /** Number of the document within the storage. */
  readonly document: string;
  /** Fiscal sign of the document. */
  readonly sign: string;
};

export const RECEIPT_FIELDS = ['t', 's', 'fn', 'i', 'fp', 'n'] as const;
export type ReceiptField = (typeof RECEIPT_FIELDS)[number];

/** What is wrong with a text that should be a receipt's code. */
export type ReceiptProblem =
  | { readonly code: 'not_a_receipt' }
  | { readonly code: 'field_missing' | 'field_repeated' | 'field_invalid'; readonly field: ReceiptField }
  /** A return, a payment to a guest, or the return of one. */
  | { readonly code: 'not_a_purchase' };

export type ParsedReceipt =
  | { readonly ok: true; readonly receipt: FiscalReceipt }
  | { readonly ok: false; readonly problem: ReceiptProblem };

const MAX_LENGTH = 500;
const PURCHASE = '1';

const isField = (name: string): name is ReceiptField => (RECEIPT_FIELDS as readonly string[]).includes(name);

/**
 * Reads the text of a receipt's QR code. Fields may stand in any order and in capitals, the time may carry seconds, the
 * sum may lack kopecks; fields that are not ours are left alone. Never guesses: what does not read exactly is refused.
 */
export function parseFiscalQr(text: string): ParsedReceipt {
  const fields = readFields(text);
  if ('code' in fields) return { ok: false, problem: fields };
  const invalid = (field: ReceiptField): ParsedReceipt => ({ ok: false, problem: { code: 'field_invalid', field } });
  for (const field of RECEIPT_FIELDS) {
    if (!fields.has(field)) return { ok: false, problem: { code: 'field_missing', field } };
  }
  const localTime = readLocalTime(fields.get('t')!);
  if (localTime === null) return invalid('t');
  const sum = readSum(fields.get('s')!);
  if (sum === null) return invalid('s');
  const storage = fields.get('fn')!;
  if (!/^\d{16}$/.test(storage)) return invalid('fn');
  const document = readNumber(fields.get('i')!);
  if (document === null) return invalid('i');
  const sign = readNumber(fields.get('fp')!);
  if (sign === null) return invalid('fp');
  const kind = fields.get('n')!;
  if (!/^[1-4]$/.test(kind)) return invalid('n');
  if (kind !== PURCHASE) return { ok: false, problem: { code: 'not_a_purchase' } };
  return { ok: true, receipt: { localTime, sum, storage, document, sign } };
}

/**
 * The text that `parseFiscalQr` reads: for numbers that somebody has typed from the paper. They are judged like a code.
 */
export function fiscalQrText({ localTime, sum, storage, document, sign }: FiscalReceipt): string {
  const money = `${sum / 100n}.${String(sum % 100n).padStart(2, '0')}`;
  return `t=${localTime.replace(/[-:]/g, '')}&s=${money}&fn=${storage}&i=${document}&fp=${sign}&n=${PURCHASE}`;
}

/**
 * What makes a receipt one of a kind: a storage numbers its documents without a gap and never twice. Sign, sum and time
 * are left out on purpose, so that one document with an altered sum is still the same document.
 */
export const receiptKey = ({ storage, document }: FiscalReceipt): string => `${storage}:${document}`;

/** When the receipt was printed, in the time zone of its till; a time that a clock change skips is the first after it. */
export const receiptInstant = ({ localTime }: FiscalReceipt, timeZone: string): Temporal.Instant =>
  Temporal.PlainDateTime.from(localTime).toZonedDateTime(timeZone).toInstant();

function readFields(text: string): ReadonlyMap<ReceiptField, string> | ReceiptProblem {
  const trimmed = text.trim();
  if (trimmed.length === 0 || trimmed.length > MAX_LENGTH) return { code: 'not_a_receipt' };
  // Some apps share the code as an address: what stands behind the question mark is the code.
  const query = trimmed.slice(trimmed.indexOf('?') + 1);
  const fields = new Map<ReceiptField, string>();
  for (const part of query.split('&')) {
    const at = part.indexOf('=');
    const name = part.slice(0, Math.max(at, 0)).trim().toLowerCase();
    if (!isField(name)) continue;
    if (fields.has(name)) return { code: 'field_repeated', field: name };
    fields.set(name, part.slice(at + 1).trim());
  }
  return fields.size === 0 ? { code: 'not_a_receipt' } : fields;
}

function readLocalTime(text: string): string | null {
  const match = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})?$/i.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second] = match;
  try {
    const fields = { year: Number(year), month: Number(month), day: Number(day), hour: Number(hour) };
    const rest = { minute: Number(minute), second: Number(second ?? 0) };
    const time = Temporal.PlainDateTime.from({ ...fields, ...rest }, { overflow: 'reject' });
    // To the minute: the same receipt is read with seconds by one device and typed without them by a person.
    return time.round({ smallestUnit: 'minute', roundingMode: 'floor' }).toString({ smallestUnit: 'minute' });
  } catch {
    return null;
  }
}

function readSum(text: string): bigint | null {
  const match = /^(\d{1,12})(?:[.,](\d{1,2}))?$/.exec(text);
  if (match === null) return null;
  const sum = BigInt(match[1]!) * 100n + BigInt((match[2] ?? '').padEnd(2, '0'));
  return sum > 0n && sum <= MAX_AMOUNT ? sum : null;
}

/** Without leading zeros, which some tills print and others do not. */
function readNumber(text: string): string | null {
  if (!/^\d{1,10}$/.test(text)) return null;
  const number = text.replace(/^0+/, '');
  return number === '' ? null : number;
}

import type { Field, RulesProblem } from '../rules-reader.ts';
import { readRoot } from '../rules-reader.ts';

/** Which receipts need nobody's look. Those that exceed a limit wait for a person instead. */
export type AutomaticApproval = {
  /** Hours that a receipt waits first, so that the till's own word about the same purchase comes before it. */
  readonly afterHours: number;
  /** Largest sum, minor units of money; `null` for any. */
  readonly maxSum: bigint | null;
  /** Receipts of one guest a day, and a calendar month, that are approved by themselves. */
  readonly perDay: number;
  readonly perMonth: number;
};

/** How a programme takes receipts that guests send. */
export type ReceiptSettings = {
  readonly enabled: boolean;
  /** An older receipt is rejected; whole days from its time to the upload. */
  readonly maxAgeDays: number;
  /** A smaller receipt is rejected, minor units of money. */
  readonly minimumSum: bigint;
  /** Receipts that one guest may send a day. */
  readonly uploadsPerDay: number;
  /** Fiscal storages of our tills; a receipt says which one wrote it, and nothing else about the venue. */
  readonly storages: readonly { readonly storage: string; readonly venueCode: number | null }[];
  /** What becomes of a receipt of a storage that is not listed. */
  readonly otherStorages: 'review' | 'reject';
  /** `null`: every receipt is looked at by a person. */
  readonly automatic: AutomaticApproval | null;
};

export type ParsedReceiptSettings =
  | { readonly ok: true; readonly settings: ReceiptSettings }
  | { readonly ok: false; readonly problems: readonly RulesProblem[] };

const MAX_STORAGES = 500;

/** A programme that says nothing: switched off; when it is switched on, people look at every receipt. */
export const DEFAULT_RECEIPT_SETTINGS: ReceiptSettings = readSettings(readRoot({}, []));

/** Reads the settings from JSON; amounts in minor units. Everything has a default; contradictions are named by path. */
export function parseReceiptSettings(json: unknown): ParsedReceiptSettings {
  const problems: RulesProblem[] = [];
  const root = readRoot(json, problems);
  const settings = readSettings(root);
  root.refuseUnknown();
  if (settings.otherStorages === 'reject' && settings.storages.length === 0) {
    root.problem('otherStorages', 'out_of_range', 'review, as long as no storage is listed');
  }
  return problems.length === 0 ? { ok: true, settings } : { ok: false, problems };
}

/** The JSON that `parseReceiptSettings` reads: amounts as numbers. */
export function receiptSettingsToJson(settings: ReceiptSettings) {
  const { automatic, minimumSum } = settings;
  const maxSum = automatic?.maxSum ?? null;
  return {
    ...settings,
    storages: settings.storages.map((one) => ({ ...one })),
    minimumSum: Number(minimumSum),
    automatic: automatic && { ...automatic, maxSum: maxSum === null ? null : Number(maxSum) },
  };
}

function readSettings(root: Field): ReceiptSettings {
  return {
    enabled: root.flag('enabled', false),
    maxAgeDays: root.integer('maxAgeDays', 1, 365, 14),
    minimumSum: root.amount('minimumSum', 0n, 0n),
    uploadsPerDay: root.integer('uploadsPerDay', 1, 100, 5),
    storages: root.isNullOrAbsent('storages') ? [] : readStorages(root),
    otherStorages: root.oneOf('otherStorages', ['review', 'reject'], 'review'),
    automatic: root.isNullOrAbsent('automatic') ? null : readAutomatic(root.object('automatic')),
  };
}

function readStorages(root: Field): ReceiptSettings['storages'] {
  const seen = new Set<string>();
  return root.list('storages', 0, MAX_STORAGES).map((field) => {
    const storage = field.text('storage', 16);
    if (storage !== '' && !/^\d{16}$/.test(storage)) field.problem('storage', 'wrong_type', '16 digits');
    if (seen.has(storage)) field.problem('storage', 'repeated', 'each storage once');
    seen.add(storage);
    const venueCode = field.isNullOrAbsent('venueCode') ? null : field.integer('venueCode', 0, 999_999, undefined);
    field.refuseUnknown();
    return { storage, venueCode };
  });
}

function readAutomatic(field: Field): AutomaticApproval {
  const automatic: AutomaticApproval = {
    afterHours: field.integer('afterHours', 0, 720, 24),
    maxSum: field.isNullOrAbsent('maxSum') ? null : field.amount('maxSum', 1n, undefined),
    perDay: field.integer('perDay', 1, 100, 1),
    perMonth: field.integer('perMonth', 1, 1000, 10),
  };
  field.refuseUnknown();
  return automatic;
}

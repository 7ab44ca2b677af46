/** What the form says, as it was typed. */
export type AdjustmentDraft = {
  readonly kind: 'refill' | 'deduct' | 'block' | 'unblock';
  readonly amount: string;
  readonly days: string;
  readonly allowDebt: boolean;
  readonly reason: string;
};

/** The body of the call, or the fields that will not do. */
export type ReadAdjustment =
  | { readonly ok: true; readonly body: Readonly<Record<string, string | number | boolean>>; readonly amount: number }
  | { readonly ok: false; readonly wrong: ReadonlySet<'amount' | 'days' | 'reason'> };

const DAYS_MAX = 36_500;

/** Reads points with a comma or a point, and spaces between the thousands, into minor units; null for anything else. */
export function readPoints(text: string): number | null {
  const read = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(text.replace(/[\s\u00a0\u202f]/g, ''));
  if (!read) return null;
  const minor = Number(read[1]) * 100 + Number((read[2] ?? '').padEnd(2, '0'));
  return minor > 0 ? minor : null;
}

export function readAdjustment({ kind, amount, days, allowDebt, reason }: AdjustmentDraft): ReadAdjustment {
  const wrong = new Set<'amount' | 'days' | 'reason'>();
  const comment = reason.trim();
  if (comment === '') wrong.add('reason');
  const moves = kind === 'refill' || kind === 'deduct';
  const points = moves ? readPoints(amount) : 0;
  if (points === null) wrong.add('amount');
  const lifetimeDays = kind === 'refill' && days.trim() !== '' ? Number(days.trim()) : undefined;
  if (
    lifetimeDays !== undefined &&
    !(Number.isInteger(lifetimeDays) && lifetimeDays >= 1 && lifetimeDays <= DAYS_MAX)
  ) {
    wrong.add('days');
  }
  if (wrong.size > 0 || points === null) return { ok: false, wrong };
  const body = {
    kind,
    comment,
    ...(moves ? { amount: points } : {}),
    ...(lifetimeDays === undefined ? {} : { lifetimeDays }),
    ...(kind === 'deduct' && allowDebt ? { allowDebt } : {}),
  };
  return { ok: true, body, amount: points };
}

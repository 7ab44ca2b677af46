import { type ClearingLine, type ClearingStatement, type Result, refuse, succeed } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import { type ClaimPeriod, type ClaimQuery, selectClaimSums, selectClaims } from './claims.store.ts';
import { type ClaimLine, netOf, partnerKey } from './model.ts';
import { selectPartners } from './partners.store.ts';

/** Days as the company counts them, both inclusive. */
export type Days = { from: string; to: string };

const YEARS_MAX = 10;

/** The days that were asked for; the month that is now where nothing was. */
export function daysOf(asked: Partial<Days>, now: Temporal.Instant, timeZone: string): Days {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  return {
    from: asked.from ?? today.with({ day: 1 }).toString(),
    to: asked.to ?? today.with({ day: today.daysInMonth }).toString(),
  };
}

/**
 * The instants between which a statement looks.
 * @returns value_invalid when a day does not exist, or when the period runs backwards or is too long
 */
export function periodOf({ from, to }: Days, timeZone: string): Result<ClaimPeriod> {
  const first = dayOf(from);
  const last = dayOf(to);
  if (!first) return refuse('value_invalid', { field: 'from', value: from });
  if (!last || Temporal.PlainDate.compare(last, first) < 0 || last.year - first.year > YEARS_MAX) {
    return refuse('value_invalid', { field: 'to', value: to });
  }
  const startOf = (day: Temporal.PlainDate): Temporal.Instant => day.toZonedDateTime(timeZone).toInstant();
  return succeed({ from: startOf(first), until: startOf(last.add({ days: 1 })) });
}

function dayOf(text: string): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return null;
  }
}

type Party = ClearingStatement['net'][number]['debtor'];

/** Names of parties by the ids that claims keep; one that is no partner any more goes by its id. */
async function partiesOf(tenant: Tenant): Promise<(id: string | null) => Party> {
  const partners = await selectPartners(tenant);
  const names = new Map(partners.map(({ partnerId, name }) => [partnerKey(partnerId), name]));
  return (id) => (id === null ? null : { id, name: names.get(id) ?? id });
}

/** Who pays whom for a period, and the claims behind it. */
export async function clearingStatement(tenant: Tenant, days: Days, period: ClaimPeriod): Promise<ClearingStatement> {
  const [partyOf, sums] = await Promise.all([partiesOf(tenant), selectClaimSums(tenant, period)]);
  return {
    ...days,
    net: netOf(sums)
      .map(({ debtor, creditor, amount }) => ({
        debtor: partyOf(debtor),
        creditor: partyOf(creditor),
        amount: Number(amount),
      }))
      .sort((a, b) => b.amount - a.amount),
    claims: sums.map(({ debtor, creditor, points, amount, checks }) => ({
      debtor: partyOf(debtor),
      creditor: partyOf(creditor),
      points: Number(points),
      amount: Number(amount),
      checks,
    })),
  };
}

/** Claims of a period one by one, newest first, each with its check. */
export async function clearingLines(tenant: Tenant, query: ClaimQuery): Promise<ClearingLine[]> {
  const [partyOf, lines] = await Promise.all([partiesOf(tenant), selectClaims(tenant, query)]);
  return lines.map((line) => toLine(line, partyOf));
}

const FILE_BATCH = 1_000;

/** All claims of a period, batch by batch, for a file of any length. */
export async function* everyClearingLine(
  tenant: Tenant,
  query: Omit<ClaimQuery, 'before' | 'limit'>,
): AsyncGenerator<ClearingLine[]> {
  let before: number | null = null;
  for (;;) {
    const lines: ClearingLine[] = await clearingLines(tenant, { ...query, before, limit: FILE_BATCH });
    if (lines.length > 0) yield lines;
    if (lines.length < FILE_BATCH) return;
    before = lines.at(-1)!.claimId;
  }
}

function toLine({ points, amount, ...line }: ClaimLine, partyOf: (id: string | null) => Party): ClearingLine {
  return {
    ...line,
    debtor: partyOf(line.debtor),
    creditor: partyOf(line.creditor),
    points: Number(points),
    amount: Number(amount),
    occurredAt: line.occurredAt.toString(),
    recordedAt: line.recordedAt.toString(),
  };
}

import { type Result, refuse, succeed } from '@tessera/contract';
import { entryFromJson } from '@tessera/loyalty';
import { explainEntry, listEntries, viewAccount } from '../../loyalty/index.ts';
import { TransactionList } from '../answers.ts';
import { Transactions } from '../shapes.ts';
import { defineMethod } from '../v0.ts';

const COUNT_DEFAULT = 100;
const COUNT_MAX = 1_000;

/** The history of an account, the newest first: of a period, or the last ones. */
export const transactions = defineMethod({
  name: 'accounts/transactions',
  writes: false,
  body: Transactions,
  answer: TransactionList,
  refusals: ['account_not_found'],
  async act({ platform, tenant, t, language }, body) {
    const { timeZone, currency } = await platform.companies.of(tenant);
    const period = readPeriod(body, timeZone);
    if (!period.ok) return period;
    const { accountId } = body;
    const view = await viewAccount(platform, tenant, accountId);
    if (!view) return refuse('account_not_found');
    const limit = body.count ?? (body.dateFrom || body.dateTo ? COUNT_MAX : COUNT_DEFAULT);
    const rows = await listEntries(tenant, { accountId, before: null, limit, ...period.value, mainWallet: true });
    const levelNames = new Map(view.rules.levels.map((level) => [level.id, level.name]));
    const told = rows.map(({ body: stored, change, balance, checkId }) => {
      const entry = entryFromJson(stored);
      return {
        id: entry.id,
        kind: entry.kind,
        date: entry.occurredAt.toString(),
        sum: Number(change),
        balance: Number(balance),
        checkId,
        text: explainEntry(entry, { t, language, currency, levelNames }),
      };
    });
    return succeed(told);
  },
});

/** Years that every calendar in between can read. */
const DAY_CHARACTERS = 'YYYY-MM-DD'.length;
const YEAR = /^[12]\d{3}-/;

/** Two days (the last included), local times or instants; the company's days and clock. */
function readPeriod(
  { dateFrom, dateTo }: { dateFrom?: string; dateTo?: string },
  timeZone: string,
): Result<{ from: Temporal.Instant | null; to: Temporal.Instant | null }> {
  try {
    const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(timeZone).toInstant();
    const read = (text: string | undefined, days: number) => {
      if (!text) return null;
      if (!YEAR.test(text)) throw new RangeError('Not a year of this API.');
      if (/[zZ]$|\d[+-]\d{2}:\d{2}$/.test(text)) return Temporal.Instant.from(text);
      if (text.length > DAY_CHARACTERS) return Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).toInstant();
      return startOf(Temporal.PlainDate.from(text).add({ days }));
    };
    return succeed({ from: read(dateFrom, 0), to: read(dateTo, 1) });
  } catch {
    return refuse('invalid_request');
  }
}

import type { Result, TransactionPage, TransactionRow } from '@tessera/contract';
import { CSV_BYTE_ORDER_MARK, type CsvCell, type CsvStyle, csvRow } from '../../platform/csv.ts';
import type { Tenant } from '../../platform/database/index.ts';
import type { Translate } from '../../platform/texts.ts';
import { listTransactions, type TransactionFilter } from './list-transactions.ts';

const BATCH = 200;
const COLUMNS = [
  'at',
  'kind',
  'count',
  'guest',
  'accountId',
  'card',
  'design',
  'form',
  'platform',
  'source',
  'amount',
  'check',
  'browser',
  'system',
  'network',
] as const;

export type Telling = { readonly t: Translate; readonly style: CsvStyle; readonly timeZone: string };

/** A list of transactions as a file, a page at a time however long it is. The first page is read by the caller. */
export async function* exportTransactions(
  house: { readonly now: Temporal.Instant; readonly timeZone: string },
  tenant: Tenant,
  filter: TransactionFilter,
  { t, style, timeZone }: Telling,
): AsyncGenerator<string> {
  yield CSV_BYTE_ORDER_MARK +
    csvRow(
      COLUMNS.map((column) => t(`server:transactions.${column}`)),
      style,
    );
  let after: string | undefined;
  for (;;) {
    const page: Result<TransactionPage> = await listTransactions(house, tenant, { ...filter, after, limit: BATCH });
    if (!page.ok) return;
    const text = page.value.items.map((row) => csvRow(cellsOf(row, t, timeZone), style)).join('');
    if (text !== '') yield text;
    if (page.value.next === null) return;
    after = page.value.next;
  }
}

function cellsOf(row: TransactionRow, t: Translate, timeZone: string): CsvCell[] {
  const at = Temporal.Instant.from(row.at).toZonedDateTimeISO(timeZone).toPlainDateTime();
  const { amount } = row;
  return [
    at.toString({ smallestUnit: 'second' }).replace('T', ' '),
    t(`server:transactions.kinds.${row.kind}`),
    row.count,
    row.account?.name ?? '',
    row.account?.accountId ?? '',
    row.card?.serial ?? '',
    row.card?.designName ?? '',
    row.formId ?? '',
    row.form ?? '',
    row.source ?? '',
    amount && { minor: BigInt(amount.value), scale: amount.unit === 'stamps' ? 0 : 2 },
    row.checkNumber ?? row.checkId ?? '',
    row.browser ?? '',
    row.system ?? '',
    row.network ?? '',
  ];
}

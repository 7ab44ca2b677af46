import { entryFromJson, type Lot, levelOf, type Rules, stateAt } from '@tessera/loyalty';
import { CSV_BYTE_ORDER_MARK, type CsvCell, type CsvStyle, csvRow } from '../../platform/csv.ts';
import type { Tenant } from '../../platform/database/index.ts';
import type { Translate } from '../../platform/texts.ts';
import {
  accountsForExport,
  type ExportedAccount,
  entriesForExport,
  explainEntry,
  type LoyaltyPlatform,
} from '../loyalty/index.ts';
import { ownTagOf } from './check-import.ts';
import { expiryText, startText } from './read-cell.ts';

const BATCH = 500;

export type Telling = { t: Translate; style: CsvStyle; language: 'ru' | 'en'; currency: string; timeZone: string };

/** In the order of the file; the headings are those that an import knows again. */
const COLUMNS = [
  'phone',
  'card',
  'external',
  'lastName',
  'firstName',
  'middleName',
  'birthday',
  'sex',
  'email',
  'level',
  'turnover',
  'points',
  'activates',
  'expires',
  'key',
  'programme',
  'group',
  'blocked',
] as const;

/**
 * All accounts as a file, some hundred at a time however many there are: a line for each lot, one line for an account
 * without points. The state is that of now. An import takes it back, each lot once.
 */
export async function* exportAccounts(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  groupId: number | null,
  { t, style }: Pick<Telling, 't' | 'style'>,
): AsyncGenerator<string> {
  yield CSV_BYTE_ORDER_MARK +
    csvRow(
      COLUMNS.map((column) => t(`server:export.${column}`)),
      style,
    );
  const tag = ownTagOf(platform, tenant);
  let after = 0;
  for (;;) {
    const accounts = await accountsForExport(tenant, { after, limit: BATCH, groupId });
    const now = platform.clock.now();
    let text = '';
    for (const account of accounts) {
      const rules = await platform.rules.of(tenant, account.rules, now);
      for (const cells of linesOf(account, { rules, now, tag, t })) text += csvRow(cells, style);
    }
    if (text !== '') yield text;
    if (accounts.length < BATCH) return;
    after = accounts.at(-1)!.accountId;
  }
}

function linesOf(
  { accountId, state: stored, guest, programme, group }: ExportedAccount,
  { rules, now, tag, t }: { rules: Rules; now: Temporal.Instant; tag: string; t: Translate },
): CsvCell[][] {
  const { state } = stateAt(stored, rules, now);
  const identifier = (kind: string): string => guest.identifiers.find((one) => one.kind === kind)?.value ?? '';
  const who = [
    identifier('phone'),
    identifier('card'),
    identifier('external'),
    guest.lastName,
    guest.firstName,
    guest.middleName,
    guest.birthday ?? '',
    guest.sex ?? '',
    guest.email ?? '',
    levelOf(state, rules).name,
    { minor: state.turnover > 0n ? state.turnover : 0n, scale: rules.moneyScale },
  ];
  const rest = [programme, group, state.blocked ? t('server:export.yes') : ''];
  const lots: (Lot | null)[] = state.lots.length === 0 ? [null] : [...state.lots];
  return lots.map((lot) => [...who, ...cellsOfLot(tag, accountId, lot, rules), ...rest]);
}

function cellsOfLot(tag: string, accountId: number, lot: Lot | null, rules: Rules): CsvCell[] {
  if (lot === null) return ['', '', '', ''];
  const expiresAt = lot.expiresAtMs === null ? null : Temporal.Instant.fromEpochMilliseconds(lot.expiresAtMs);
  return [
    { minor: lot.remaining, scale: rules.scale },
    lot.active ? '' : startText(Temporal.Instant.fromEpochMilliseconds(lot.activatesAtMs), rules),
    expiryText(expiresAt, rules),
    `${tag}${accountId}-${lot.id}`,
  ];
}

const ENTRY_COLUMNS = [
  'accountId',
  'phone',
  'entry',
  'occurredAt',
  'recordedAt',
  'check',
  'change',
  'balance',
  'text',
] as const;

/** The history of every account, or of one, from its beginning: a line for each entry with its sentence. */
export async function* exportEntries(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  accountId: number | null,
  { t, style, language, currency, timeZone }: Telling,
): AsyncGenerator<string> {
  yield CSV_BYTE_ORDER_MARK +
    csvRow(
      ENTRY_COLUMNS.map((column) => t(`server:export.${column}`)),
      style,
    );
  const local = (at: Temporal.Instant): string =>
    at.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'second' }).replace('T', ' ');
  let after = { accountId: 0, sequence: 0 };
  for (;;) {
    const rows = await entriesForExport(tenant, { after, limit: BATCH, accountId });
    const now = platform.clock.now();
    let text = '';
    for (const row of rows) {
      const rules = await platform.rules.of(tenant, row.rules, now);
      const levelNames = new Map(rules.levels.map((level) => [level.id, level.name]));
      const entry = entryFromJson(row.body);
      const cells: CsvCell[] = [
        row.accountId,
        row.phone ?? '',
        row.sequence,
        local(entry.occurredAt),
        local(entry.recordedAt),
        row.checkNumber,
        { minor: row.change, scale: rules.scale },
        { minor: row.balance, scale: rules.scale },
        explainEntry(entry, { t, language, currency, levelNames }),
      ];
      text += csvRow(cells, style);
    }
    if (text !== '') yield text;
    const last = rows.at(-1);
    if (rows.length < BATCH || !last) return;
    after = { accountId: last.accountId, sequence: last.sequence };
  }
}

import { type Static, Type } from 'typebox';
import { DateText, Id, InstantText, Nullable, SmallId, Strict } from './shapes.ts';

// --- what guests, their phones and the programme have done: GET /api/v1/transactions?kinds=&accountId=&serial=&formId=&from=&to=&after=&limit=
/** The order is that of lists and filters. */
export const transactionKinds = [
  'link_opened',
  'feedback',
  'bill_request',
  'service_request',
  'waiter_call',
  'instruction_opened',
  'pass_downloaded',
  'pass_fetched',
  'pdf_downloaded',
  'device_registered',
  'device_unregistered',
  'card_scanned',
  'check_in',
  'bonus',
  'cashback',
  'discount_sale',
  'stamp',
  /** Money on a deposit: no kind of the seventeen, and no other place to be seen. */
  'deposit',
] as const;
export type TransactionKind = (typeof transactionKinds)[number];
export const TransactionKind = Type.Unsafe<TransactionKind>({ type: 'string', enum: [...transactionKinds] });

const cardForms = ['apple', 'android', 'google', 'web', 'paper'] as const;
export type CardForm = (typeof cardForms)[number];
export const CardForm = Type.Unsafe<CardForm>({ type: 'string', enum: [...cardForms] });

const Filters = {
  /** Kinds with commas between them; absent: all. */
  kinds: Type.Optional(Type.String({ pattern: '^[a-z_]{1,24}(,[a-z_]{1,24}){0,17}$', maxLength: 400 })),
  accountId: Type.Optional(Id),
  serial: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  formId: Type.Optional(Type.String({ pattern: '^[a-z0-9][a-z0-9-]{1,63}$' })),
  /** Days of the company, both inclusive. */
  from: Type.Optional(DateText),
  to: Type.Optional(DateText),
};
export const TransactionsQuery = Strict({
  ...Filters,
  after: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});
export type TransactionsQuery = Static<typeof TransactionsQuery>;
export const TransactionsExport = Strict(Filters);
export type TransactionsExport = Static<typeof TransactionsExport>;

export const TransactionRow = Strict({
  id: Type.String(),
  kind: TransactionKind,
  at: InstantText,
  /** The same thing of one hour is one row. */
  count: Type.Integer({ minimum: 1 }),
  lastAt: InstantText,
  account: Nullable(Strict({ accountId: Id, name: Type.String() })),
  card: Nullable(Strict({ serial: Type.String(), designName: Type.String() })),
  form: Nullable(CardForm),
  formId: Nullable(Type.String()),
  source: Nullable(Type.String()),
  /** Points and money in minor units, stamps in whole ones; of a sale with a discount it is the discount. */
  amount: Nullable(
    Strict({
      value: Type.Integer(),
      unit: Type.Union([Type.Literal('points'), Type.Literal('money'), Type.Literal('stamps')]),
    }),
  ),
  /** The entry of the account's ledger behind it. */
  entry: Nullable(Type.Integer({ minimum: 1 })),
  checkId: Nullable(Id),
  checkNumber: Nullable(Type.String()),
  browser: Nullable(Type.String()),
  system: Nullable(Type.String()),
  network: Nullable(Type.String()),
  device: Nullable(Type.String()),
});
export type TransactionRow = Static<typeof TransactionRow>;
export const TransactionPage = Strict({ items: Type.Array(TransactionRow), next: Nullable(Type.String()) });
export type TransactionPage = Static<typeof TransactionPage>;

// --- GET, PUT /api/v1/transactions/settings
export const TransactionSettings = Strict({
  /** Events older than these days are forgotten; the ledger stays. */
  keepDays: Type.Integer({ minimum: 1, maximum: 3_660 }),
});
export type TransactionSettings = Static<typeof TransactionSettings>;

// --- GET /api/v1/statistics/cards?from=&to=&unit=&by=&designId=&platform=&source=
export const cardMeasures = [
  'visited',
  'issued',
  'opened',
  'downloaded',
  'installed',
  'removed',
  'updated',
  'shown',
] as const;
export type CardMeasure = (typeof cardMeasures)[number];
export const StatisticsUnit = Type.Union([Type.Literal('day'), Type.Literal('week'), Type.Literal('month')]);
export const StatisticsBy = Type.Union([Type.Literal('design'), Type.Literal('platform'), Type.Literal('source')]);
export const CardStatisticsQuery = Strict({
  from: DateText,
  to: DateText,
  unit: Type.Optional(StatisticsUnit),
  by: Type.Optional(StatisticsBy),
  designId: Type.Optional(SmallId),
  platform: Type.Optional(CardForm),
  source: Type.Optional(Type.String({ minLength: 1, maxLength: 140 })),
});
export type CardStatisticsQuery = Static<typeof CardStatisticsQuery>;

const Count = Type.Integer({ minimum: 0 });
const Counts = Strict({
  visited: Count,
  issued: Count,
  opened: Count,
  downloaded: Count,
  installed: Count,
  removed: Count,
  updated: Count,
  shown: Count,
});
export type CardCounts = Static<typeof Counts>;
export const CardStanding = Strict({
  cards: Count,
  /** Cards that at least one phone holds. */
  inPhones: Count,
  /** Of those: cards whose newest version no phone has taken yet. */
  behind: Count,
  devices: Strict({ apple: Count, android: Count, google: Count, web: Count }),
});
export type CardStanding = Static<typeof CardStanding>;
export const CardStatistics = Strict({
  from: DateText,
  to: DateText,
  unit: StatisticsUnit,
  by: StatisticsBy,
  timeZone: Type.String(),
  /** What has happened since is not counted yet. */
  countedUntil: Nullable(InstantText),
  standing: CardStanding,
  total: Counts,
  /** Every period from the first to the last, also the empty ones; the first day of each. */
  periods: Type.Array(Strict({ start: DateText, counts: Counts })),
  /** The greatest hundred. */
  groups: Type.Array(Strict({ key: Type.String(), name: Type.String(), counts: Counts })),
});
export type CardStatistics = Static<typeof CardStatistics>;

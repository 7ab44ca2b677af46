import type { AmountJson, LotTermsJson } from './json.ts';
import { amountToJson, lotTermsFromJson, lotTermsToJson } from './json.ts';
import type { SaleOffersJson } from './offers/sale-offers-json.ts';
import { saleOffersFromJson, saleOffersToJson } from './offers/sale-offers-json.ts';
import type { Clawback, LineProgress, LineReturn, SaleLine, SaleRecord, SaleReturned } from './sale-record.ts';
import type { EarningJson, SaleTallyJson } from './tally/sale-earning-json.ts';
import { earningFromJson, earningToJson, saleTallyFromJson, saleTallyToJson } from './tally/sale-earning-json.ts';
import type { SaleWalletsJson } from './wallets/sale-wallets-json.ts';
import { saleWalletsFromJson, saleWalletsToJson } from './wallets/sale-wallets-json.ts';

type ProgressJson = {
  readonly quantity: number;
  readonly money: AmountJson;
  readonly points: AmountJson;
  readonly earned: AmountJson;
};
type LineReturnJson = {
  readonly measure: LineReturn['measure'];
  readonly basis: ProgressJson;
  readonly done: ProgressJson;
};
type LineJson = ProgressJson & {
  readonly id: string;
  readonly amount: AmountJson;
  readonly returned?: LineReturnJson;
};
type ReturnedJson = {
  readonly money: AmountJson;
  readonly points: AmountJson;
  readonly clawback: { readonly [Name in Exclude<keyof Clawback, 'cancelled'>]: AmountJson } & {
    readonly cancelled?: AmountJson;
  };
};

/** The stored form of a sale record. Instants are epoch milliseconds. */
export type SaleJson = {
  readonly checkId: string;
  readonly at: number;
  readonly recorded: number;
  readonly rules: string;
  readonly money: AmountJson;
  readonly spent: AmountJson;
  readonly earned: AmountJson;
  readonly discount: AmountJson;
  readonly accrualFixed: boolean;
  readonly lines: readonly LineJson[];
  readonly uses: readonly { readonly lot: LotTermsJson; readonly amount: AmountJson; readonly back: AmountJson }[];
  readonly earnedLot: number | null;
  /** In the place of `earnedLot` where there are several. */
  readonly earnedLots?: readonly number[];
  readonly earnEntry: number | null;
  readonly spendEntry: number | null;
  readonly before: {
    readonly turnover: AmountJson;
    readonly level: string;
    readonly measure?: AmountJson;
    readonly byMeasure?: string;
  };
  readonly earning?: EarningJson;
  readonly partner?: string;
  readonly withinVisit?: true;
  readonly tallied?: SaleTallyJson;
  readonly counted?: { readonly earnedOn: string; readonly spentOn: string };
  readonly offers?: SaleOffersJson;
  readonly wallets?: SaleWalletsJson;
  readonly returned?: ReturnedJson;
};

/** JSON form of a sale record; `saleFromJson` reads it back exactly. */
export function saleToJson(sale: SaleRecord): SaleJson {
  return {
    checkId: sale.checkId,
    at: sale.occurredAt.epochMilliseconds,
    recorded: sale.recordedAt.epochMilliseconds,
    rules: sale.rulesId,
    money: amountToJson(sale.money),
    spent: amountToJson(sale.spent),
    earned: amountToJson(sale.earned),
    discount: amountToJson(sale.discount),
    accrualFixed: sale.accrualFixed,
    lines: sale.lines.map(lineToJson),
    uses: sale.uses.map((use) => ({
      lot: lotTermsToJson(use.terms),
      amount: amountToJson(use.amount),
      back: amountToJson(use.givenBack),
    })),
    earnedLot: sale.earnedLotIds.length === 1 ? sale.earnedLotIds[0]! : null,
    ...(sale.earnedLotIds.length > 1 ? { earnedLots: sale.earnedLotIds } : {}),
    earnEntry: sale.earnEntryId,
    spendEntry: sale.spendEntryId,
    before: beforeToJson(sale.before),
    ...(sale.earning === null ? {} : { earning: earningToJson(sale.earning) }),
    ...(sale.partner === undefined ? {} : { partner: sale.partner }),
    ...(sale.withinVisit === true ? { withinVisit: true } : {}),
    ...(sale.tallied === null ? {} : { tallied: saleTallyToJson(sale.tallied) }),
    ...(sale.counted === null ? {} : { counted: sale.counted }),
    ...(sale.offers === null ? {} : { offers: saleOffersToJson(sale.offers) }),
    ...(sale.wallets === null ? {} : { wallets: saleWalletsToJson(sale.wallets) }),
    ...(sale.returned === null ? {} : { returned: returnedToJson(sale.returned) }),
  };
}

export function saleFromJson(json: SaleJson): SaleRecord {
  return {
    checkId: json.checkId,
    occurredAt: Temporal.Instant.fromEpochMilliseconds(json.at),
    recordedAt: Temporal.Instant.fromEpochMilliseconds(json.recorded),
    rulesId: json.rules,
    money: BigInt(json.money),
    spent: BigInt(json.spent),
    earned: BigInt(json.earned),
    discount: BigInt(json.discount),
    accrualFixed: json.accrualFixed,
    lines: json.lines.map(lineFromJson),
    uses: json.uses.map(({ lot, amount, back }) => ({
      terms: lotTermsFromJson(lot),
      amount: BigInt(amount),
      givenBack: BigInt(back),
    })),
    earnedLotIds: json.earnedLots ?? (json.earnedLot === null ? [] : [json.earnedLot]),
    earnEntryId: json.earnEntry,
    spendEntryId: json.spendEntry,
    before: {
      turnover: BigInt(json.before.turnover),
      level: json.before.level,
      measure: BigInt(json.before.measure ?? json.before.turnover),
      byMeasure: json.before.byMeasure ?? json.before.level,
    },
    earning: json.earning === undefined ? null : earningFromJson(json.earning),
    ...(json.partner === undefined ? {} : { partner: json.partner }),
    ...(json.withinVisit === true ? { withinVisit: true } : {}),
    tallied: json.tallied === undefined ? null : saleTallyFromJson(json.tallied),
    counted: json.counted ?? null,
    offers: json.offers === undefined ? null : saleOffersFromJson(json.offers),
    wallets: json.wallets === undefined ? null : saleWalletsFromJson(json.wallets),
    returned: json.returned === undefined ? null : returnedFromJson(json.returned),
  };
}

function beforeToJson({ turnover, level, measure, byMeasure }: SaleRecord['before']): SaleJson['before'] {
  return {
    turnover: amountToJson(turnover),
    level,
    ...(measure === turnover ? {} : { measure: amountToJson(measure) }),
    ...(byMeasure === level ? {} : { byMeasure }),
  };
}

function progressToJson(progress: LineProgress): ProgressJson {
  return {
    quantity: progress.quantityThousandths,
    money: amountToJson(progress.money),
    points: amountToJson(progress.paidByPoints),
    earned: amountToJson(progress.earned),
  };
}

function progressFromJson(json: ProgressJson): LineProgress {
  return {
    quantityThousandths: json.quantity,
    money: BigInt(json.money),
    paidByPoints: BigInt(json.points),
    earned: BigInt(json.earned),
  };
}

function lineToJson(line: SaleLine): LineJson {
  const json = { id: line.id, amount: amountToJson(line.amount), ...progressToJson(line) };
  if (line.returned === null) return json;
  const { measure, basis, done } = line.returned;
  return { ...json, returned: { measure, basis: progressToJson(basis), done: progressToJson(done) } };
}

function lineFromJson(json: LineJson): SaleLine {
  const { returned } = json;
  return {
    id: json.id,
    amount: BigInt(json.amount),
    ...progressFromJson(json),
    returned:
      returned === undefined
        ? null
        : {
            measure: returned.measure,
            basis: progressFromJson(returned.basis),
            done: progressFromJson(returned.done),
          },
  };
}

function returnedToJson({ money, points, clawback }: SaleReturned): ReturnedJson {
  return {
    money: amountToJson(money),
    points: amountToJson(points),
    clawback: {
      pending: amountToJson(clawback.pending),
      ownLot: amountToJson(clawback.ownLot),
      ...(clawback.cancelled === 0n ? {} : { cancelled: amountToJson(clawback.cancelled) }),
      burned: amountToJson(clawback.burned),
      otherLots: amountToJson(clawback.otherLots),
      debt: amountToJson(clawback.debt),
      forgiven: amountToJson(clawback.forgiven),
      metInMoney: amountToJson(clawback.metInMoney),
      kept: amountToJson(clawback.kept),
    },
  };
}

function returnedFromJson({ money, points, clawback }: ReturnedJson): SaleReturned {
  return {
    money: BigInt(money),
    points: BigInt(points),
    clawback: {
      pending: BigInt(clawback.pending),
      ownLot: BigInt(clawback.ownLot),
      cancelled: BigInt(clawback.cancelled ?? 0),
      burned: BigInt(clawback.burned),
      otherLots: BigInt(clawback.otherLots),
      debt: BigInt(clawback.debt),
      forgiven: BigInt(clawback.forgiven),
      metInMoney: BigInt(clawback.metInMoney),
      kept: BigInt(clawback.kept),
    },
  };
}

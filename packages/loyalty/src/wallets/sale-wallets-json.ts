import type { AmountJson, LotTermsJson } from '../json.ts';
import { amountToJson, lotTermsFromJson, lotTermsToJson } from '../json.ts';
import type { SaleDeposit, SaleStamps, SaleWallets } from './sale-wallets.ts';
import type { StampCount } from './wallet-rules.ts';

type EarningJson =
  | { readonly per: 'visit'; readonly min?: AmountJson }
  | { readonly per: 'item'; readonly pieces: number }
  | { readonly per: 'amount'; readonly amount: AmountJson };
type StampsJson = {
  readonly wallet: string;
  readonly lot: number;
  readonly entry: number;
  readonly given: AmountJson;
  readonly most: AmountJson;
  readonly earn: EarningJson;
  readonly lines: readonly number[];
  readonly day?: string;
  readonly back?: AmountJson;
  readonly burned?: AmountJson;
};
type DepositJson = {
  readonly wallet: string;
  readonly amount: AmountJson;
  readonly entry: number;
  readonly uses: readonly { readonly lot: LotTermsJson; readonly amount: AmountJson; readonly back: AmountJson }[];
  readonly back?: AmountJson;
};
/** The stored form of what a sale did in the side wallets. */
export type SaleWalletsJson = { readonly stamps?: readonly StampsJson[]; readonly deposit?: DepositJson };

export function saleWalletsToJson({ stamps, deposit }: SaleWallets): SaleWalletsJson {
  return {
    ...(stamps.length === 0 ? {} : { stamps: stamps.map(stampsToJson) }),
    ...(deposit === null ? {} : { deposit: depositToJson(deposit) }),
  };
}

export function saleWalletsFromJson({ stamps, deposit }: SaleWalletsJson): SaleWallets {
  return {
    stamps: (stamps ?? []).map(stampsFromJson),
    deposit: deposit === undefined ? null : depositFromJson(deposit),
  };
}

function stampsToJson({ wallet, lotId, entryId, given, most, earn, lines, day, back, burned }: SaleStamps): StampsJson {
  return {
    wallet,
    lot: lotId,
    entry: entryId,
    given: amountToJson(given),
    most: amountToJson(most),
    earn: earningToJson(earn),
    lines,
    ...(day === null ? {} : { day }),
    ...(back === 0n ? {} : { back: amountToJson(back) }),
    ...(burned === 0n ? {} : { burned: amountToJson(burned) }),
  };
}

function stampsFromJson(json: StampsJson): SaleStamps {
  return {
    wallet: json.wallet,
    lotId: json.lot,
    entryId: json.entry,
    given: BigInt(json.given),
    most: BigInt(json.most),
    earn: earningFromJson(json.earn),
    lines: json.lines,
    day: json.day ?? null,
    back: BigInt(json.back ?? 0),
    burned: BigInt(json.burned ?? 0),
  };
}

function earningToJson(earn: StampCount): EarningJson {
  if (earn.per === 'visit')
    return earn.minCheck === 0n ? { per: 'visit' } : { per: 'visit', min: amountToJson(earn.minCheck) };
  if (earn.per === 'item') return { per: 'item', pieces: earn.pieces };
  return { per: 'amount', amount: amountToJson(earn.amount) };
}

function earningFromJson(json: EarningJson): StampCount {
  if (json.per === 'visit') return { per: 'visit', minCheck: BigInt(json.min ?? 0) };
  if (json.per === 'item') return { per: 'item', pieces: json.pieces };
  return { per: 'amount', amount: BigInt(json.amount) };
}

function depositToJson({ wallet, amount, entryId, uses, back }: SaleDeposit): DepositJson {
  return {
    wallet,
    amount: amountToJson(amount),
    entry: entryId,
    uses: uses.map((use) => ({
      lot: lotTermsToJson(use.terms),
      amount: amountToJson(use.amount),
      back: amountToJson(use.givenBack),
    })),
    ...(back === 0n ? {} : { back: amountToJson(back) }),
  };
}

function depositFromJson(json: DepositJson): SaleDeposit {
  return {
    wallet: json.wallet,
    amount: BigInt(json.amount),
    entryId: json.entry,
    uses: json.uses.map(({ lot, amount, back }) => ({
      terms: lotTermsFromJson(lot),
      amount: BigInt(amount),
      givenBack: BigInt(back),
    })),
    back: BigInt(json.back ?? 0),
  };
}

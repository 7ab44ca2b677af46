import type { AmountJson } from '../json.ts';
import { amountToJson } from '../json.ts';
import type { OfferUse, SaleOffers } from './sale-offers.ts';

type UseJson = {
  readonly id: string;
  readonly kind: string;
  readonly off?: readonly AmountJson[];
  readonly points?: AmountJson;
  readonly days?: number;
  readonly lot?: number;
  readonly keeps?: true;
  readonly recheck?: { readonly min?: AmountJson; readonly goods?: readonly boolean[] };
  readonly undone?: true;
};

/** The stored form of what a sale remembers of offers. */
export type SaleOffersJson = {
  readonly uses?: readonly UseJson[];
  readonly certificate?: { readonly id: string; readonly amount: AmountJson; readonly back?: AmountJson };
  readonly back?: AmountJson;
};

export function saleOffersToJson({ uses, certificate, moneyBack }: SaleOffers): SaleOffersJson {
  return {
    ...(uses.length === 0 ? {} : { uses: uses.map(useToJson) }),
    ...(certificate === null
      ? {}
      : {
          certificate: {
            id: certificate.id,
            amount: amountToJson(certificate.amount),
            ...(certificate.givenBack === 0n ? {} : { back: amountToJson(certificate.givenBack) }),
          },
        }),
    ...(moneyBack === 0n ? {} : { back: amountToJson(moneyBack) }),
  };
}

export function saleOffersFromJson({ uses, certificate, back }: SaleOffersJson): SaleOffers {
  return {
    uses: (uses ?? []).map(useFromJson),
    certificate:
      certificate === undefined
        ? null
        : { id: certificate.id, amount: BigInt(certificate.amount), givenBack: BigInt(certificate.back ?? 0) },
    moneyBack: BigInt(back ?? 0),
  };
}

function useToJson(use: OfferUse): UseJson {
  const { recheck } = use;
  return {
    id: use.offerId,
    kind: use.kindId,
    ...(use.byLine.length === 0 ? {} : { off: use.byLine.map(amountToJson) }),
    ...(use.points === 0n ? {} : { points: amountToJson(use.points) }),
    ...(use.pointsLifetimeDays === null ? {} : { days: use.pointsLifetimeDays }),
    ...(use.lotId === null ? {} : { lot: use.lotId }),
    ...(use.reissue ? {} : { keeps: true }),
    ...(recheck === null
      ? {}
      : {
          recheck: {
            ...(recheck.minCheck === 0n ? {} : { min: amountToJson(recheck.minCheck) }),
            ...(recheck.goods === null ? {} : { goods: recheck.goods }),
          },
        }),
    ...(use.undone ? { undone: true } : {}),
  };
}

function useFromJson(json: UseJson): OfferUse {
  return {
    offerId: json.id,
    kindId: json.kind,
    byLine: (json.off ?? []).map(BigInt),
    points: BigInt(json.points ?? 0),
    pointsLifetimeDays: json.days ?? null,
    lotId: json.lot ?? null,
    reissue: json.keeps !== true,
    recheck:
      json.recheck === undefined
        ? null
        : { minCheck: BigInt(json.recheck.min ?? 0), goods: json.recheck.goods ?? null },
    undone: json.undone === true,
  };
}

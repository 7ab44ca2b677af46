import type { Entry, EntryKind, LedgerAccount, LotMovement } from './entry.ts';
import type { Expiry } from './expiry.ts';
import type { HoldChange } from './hold.ts';
import type { AmountJson, CountJson, LotTermsJson, RewardPointsJson, ShortageJson } from './json.ts';
import {
  amountFromJson,
  amountToJson,
  countFromJson,
  countToJson,
  lotTermsFromJson,
  lotTermsToJson,
  mapValues,
  rewardPointsFromJson,
  rewardPointsToJson,
  shortageFromJson,
  shortageToJson,
} from './json.ts';
import type { LadderChangeJson } from './levels/json.ts';
import { ladderChangeFromJson, ladderChangeToJson } from './levels/json.ts';
import type { OwnTermsChange } from './own-terms/own-terms.ts';
import type { TallyChangeJson } from './tally/tally-json.ts';
import { tallyChangeFromJson, tallyChangeToJson } from './tally/tally-json.ts';
import type { Slides } from './terms/slide.ts';
import type { CardChange } from './wallets/stamp-card.ts';

type CardChangeJson =
  | { readonly reached: number; readonly full?: true; readonly coupon?: string; readonly points?: RewardPointsJson }
  | { readonly withdrawn: number; readonly place: number };
type MovementJson = {
  readonly lot: number;
  readonly amount: AmountJson;
  readonly terms?: LotTermsJson;
  readonly activates?: true;
};

/** The stored form of an entry. Instants are epoch milliseconds. */
export type EntryJson = {
  readonly id: number;
  readonly kind: EntryKind;
  readonly wallet?: string;
  readonly at: number;
  readonly recorded: number;
  readonly check?: string;
  readonly postings: readonly {
    readonly account: LedgerAccount;
    readonly debit?: AmountJson;
    readonly credit?: AmountJson;
  }[];
  readonly lots: readonly MovementJson[];
  readonly turnover?: AmountJson;
  readonly level?: string;
  readonly expiry?: Expiry;
  readonly own?: OwnTermsChange;
  readonly ladder?: LadderChangeJson;
  readonly remembers?: ShortageJson;
  readonly hold?: HoldChange;
  readonly slides?: Slides;
  readonly counts?: readonly CountJson[];
  readonly visits?: number;
  readonly tally?: TallyChangeJson;
  readonly card?: CardChangeJson;
  readonly rules: string;
  readonly parents: readonly number[];
  readonly numbers: Readonly<Record<string, AmountJson>>;
  readonly texts: Readonly<Record<string, string>>;
};

/** JSON form of an entry; `entryFromJson` reads it back exactly. */
export function entryToJson(entry: Entry): EntryJson {
  const { explain } = entry;
  return {
    id: entry.id,
    kind: entry.kind,
    ...(entry.wallet === null ? {} : { wallet: entry.wallet }),
    at: entry.occurredAt.epochMilliseconds,
    recorded: entry.recordedAt.epochMilliseconds,
    ...(entry.checkId === null ? {} : { check: entry.checkId }),
    postings: entry.postings.map(({ account, debit, credit }) =>
      credit === 0n ? { account, debit: amountToJson(debit) } : { account, credit: amountToJson(credit) },
    ),
    lots: entry.lots.map(movementToJson),
    ...(entry.turnover === 0n ? {} : { turnover: amountToJson(entry.turnover) }),
    ...(entry.level === null ? {} : { level: entry.level }),
    ...(entry.ownExpiry === null ? {} : { expiry: entry.ownExpiry }),
    ...(entry.own === null ? {} : { own: entry.own }),
    ...(entry.ladder === null ? {} : { ladder: ladderChangeToJson(entry.ladder) }),
    ...(entry.remembers === null ? {} : { remembers: shortageToJson(entry.remembers) }),
    ...(entry.hold === null ? {} : { hold: entry.hold }),
    ...(entry.slides === null ? {} : { slides: entry.slides }),
    ...(entry.counts.length === 0 ? {} : { counts: entry.counts.map(countToJson) }),
    ...(entry.visits === 0 ? {} : { visits: entry.visits }),
    ...(entry.tally === null ? {} : { tally: tallyChangeToJson(entry.tally) }),
    ...(entry.card === null ? {} : { card: cardChangeToJson(entry.card) }),
    rules: explain.rulesId,
    parents: explain.parents,
    numbers: mapValues(explain.numbers, amountToJson),
    texts: explain.texts,
  };
}

export function entryFromJson(json: EntryJson): Entry {
  return {
    id: json.id,
    kind: json.kind,
    wallet: json.wallet ?? null,
    occurredAt: Temporal.Instant.fromEpochMilliseconds(json.at),
    recordedAt: Temporal.Instant.fromEpochMilliseconds(json.recorded),
    checkId: json.check ?? null,
    postings: json.postings.map(({ account, debit, credit }) => ({
      account,
      debit: BigInt(debit ?? 0),
      credit: BigInt(credit ?? 0),
    })),
    lots: json.lots.map(movementFromJson),
    turnover: BigInt(json.turnover ?? 0),
    level: json.level ?? null,
    ownExpiry: json.expiry ?? null,
    own: json.own ?? null,
    ladder: json.ladder === undefined ? null : ladderChangeFromJson(json.ladder),
    remembers: json.remembers === undefined ? null : shortageFromJson(json.remembers),
    hold: json.hold ?? null,
    slides: json.slides ?? null,
    counts: (json.counts ?? []).map(countFromJson),
    visits: json.visits ?? 0,
    tally: json.tally === undefined ? null : tallyChangeFromJson(json.tally),
    card: json.card === undefined ? null : cardChangeFromJson(json.card),
    explain: {
      rulesId: json.rules,
      parents: json.parents,
      numbers: mapValues(json.numbers, amountFromJson),
      texts: json.texts,
    },
  };
}

function cardChangeToJson(change: CardChange): CardChangeJson {
  if ('withdrawn' in change) return change;
  const { reached, full, couponKindId, points } = change;
  return {
    reached,
    ...(full ? { full } : {}),
    ...(couponKindId === null ? {} : { coupon: couponKindId }),
    ...(points === null ? {} : { points: rewardPointsToJson(points) }),
  };
}

function cardChangeFromJson(json: CardChangeJson): CardChange {
  if ('withdrawn' in json) return json;
  const { reached, full, coupon, points } = json;
  return {
    reached,
    full: full === true,
    couponKindId: coupon ?? null,
    points: points === undefined ? null : rewardPointsFromJson(points),
  };
}

function movementToJson({ lotId, amount, terms, activates }: LotMovement): MovementJson {
  return {
    lot: lotId,
    amount: amountToJson(amount),
    ...(terms === undefined ? {} : { terms: lotTermsToJson(terms) }),
    ...(activates === true ? { activates } : {}),
  };
}

function movementFromJson(json: MovementJson): LotMovement {
  return {
    lotId: json.lot,
    amount: BigInt(json.amount),
    ...(json.terms === undefined ? {} : { terms: lotTermsFromJson(json.terms) }),
    ...(json.activates === true ? { activates: true } : {}),
  };
}

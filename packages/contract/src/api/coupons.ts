import { type Static, Type } from 'typebox';
import { PageQuery } from './console.ts';
import { ExternalId } from './operations.ts';
import { AMOUNT_MAX, Amount, Id, InstantText, Nullable, SmallCursor, SmallId, Strict } from './shapes.ts';

/** Coupons and certificates, `/api/v1/coupon-kinds`, `/api/v1/coupons`, `/api/v1/certificates`. Amounts in minor units. */

const Name = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' });
/** However people write it: case, spaces and hyphens do not count. */
export const CouponCode = Type.String({ minLength: 1, maxLength: 80 });
const Positive = Type.Integer({ minimum: 1, maximum: AMOUNT_MAX });
const Count = (maximum: number) => Type.Integer({ minimum: 1, maximum });
const Texts = Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 1000 });
const Goods = Strict({ items: Type.Optional(Texts), groups: Type.Optional(Texts) });
const optional = Type.Optional;

const Effect = Type.Union([
  Strict({ kind: Type.Literal('percent'), basisPoints: Count(10_000) }),
  Strict({ kind: Type.Literal('amount'), amount: Positive }),
  Strict({ kind: Type.Literal('fixed_price'), price: Amount }),
  Strict({ kind: Type.Literal('free_item'), pieces: optional(Count(1000)) }),
  Strict({ kind: Type.Literal('nth_item'), every: Count(1000), basisPoints: optional(Count(10_000)) }),
  Strict({
    kind: Type.Literal('bundle'),
    parts: Type.Array(Strict({ items: Goods, pieces: optional(Count(1000)) }), { minItems: 1, maxItems: 20 }),
    price: Amount,
  }),
  Strict({ kind: Type.Literal('points'), points: Positive, lifetimeDays: optional(Nullable(Count(36_500))) }),
  Strict({ kind: Type.Literal('ticket'), entries: optional(Count(1000)) }),
]);

/** One version of the terms of a kind. Everything but `effect` has a default that asks for nothing. */
export const CouponTerms = Strict({
  effect: Effect,
  /** What it is about; absent: the whole check. A gift (`free_item`) without goods is handed out beside the check. */
  items: optional(Nullable(Goods)),
  /** What it never touches. */
  except: optional(Nullable(Goods)),
  condition: optional(
    Strict({
      from: optional(Nullable(InstantText)),
      until: optional(Nullable(InstantText)),
      weekdays: optional(Nullable(Texts)),
      /** Local times HH:MM, half-open; an end at or before the start lies on the next day. */
      hours: optional(Nullable(Strict({ from: Type.String(), to: Type.String() }))),
      /** Codes of venues, as tills call them. */
      venues: optional(Nullable(Texts)),
      channels: optional(Nullable(Texts)),
      /** Tags of guests, or `group:<number>`. */
      segments: optional(Nullable(Texts)),
      levels: optional(Nullable(Texts)),
      /** Least sum of the check before discounts, inclusive. */
      minCheck: optional(Amount),
      newGuestsOnly: optional(Type.Boolean()),
    }),
  ),
  /** Days from issue, the last one inclusive. */
  lifetimeDays: optional(Nullable(Count(36_500))),
  limits: optional(
    Strict({
      total: optional(Nullable(Count(100_000_000))),
      perMember: optional(Nullable(Count(100_000_000))),
      perPeriod: optional(
        Nullable(
          Strict({
            uses: optional(Count(100_000_000)),
            period: optional(Type.Union([Type.Literal('day'), Type.Literal('week'), Type.Literal('month')])),
          }),
        ),
      ),
      perCheck: optional(Count(20)),
      /** Money of all discounts of the kind together. */
      budget: optional(Nullable(Positive)),
    }),
  ),
  maxDiscount: optional(Nullable(Positive)),
  stacking: optional(
    Strict({
      category: optional(Type.Union([Type.Literal('common'), Type.Literal('exclusive'), Type.Literal('always')])),
      order: optional(Type.Integer({ minimum: -1000, maximum: 1000 })),
      priority: optional(Type.Integer({ minimum: -1000, maximum: 1000 })),
      withPoints: optional(Type.Boolean()),
    }),
  ),
  returns: optional(
    Strict({
      /** Whether a whole return gives the coupon back, and with how many days of life at least. */
      reissue: optional(Type.Boolean()),
      reissueDays: optional(Count(36_500)),
      /** Whether a part that breaks the conditions withdraws the discount. */
      recheck: optional(Type.Boolean()),
    }),
  ),
});
export type CouponTerms = Static<typeof CouponTerms>;

export const CouponMode = Type.Union([
  Type.Literal('shared'),
  Type.Literal('unique'),
  Type.Literal('personal'),
  Type.Literal('automatic'),
]);
export type CouponMode = Static<typeof CouponMode>;

// --- GET, POST /api/v1/coupon-kinds; GET, PUT /api/v1/coupon-kinds/:kindId
export const CouponKindParams = Strict({ kindId: SmallId });
export const CouponKindView = Strict({
  kindId: Id,
  programmeId: Id,
  name: Type.String(),
  mode: CouponMode,
  active: Type.Boolean(),
  /** The one code of a `shared` kind. */
  code: Nullable(Type.String()),
  terms: CouponTerms,
  /** As they stand now; returned uses do not count. */
  numbers: Strict({
    issued: Type.Integer(),
    used: Type.Integer(),
    expired: Type.Integer(),
    discounted: Type.Integer(),
  }),
});
export type CouponKindView = Static<typeof CouponKindView>;
export const CouponKindPage = Strict({ items: Type.Array(CouponKindView), next: Nullable(Type.String()) });
export type CouponKindPage = Static<typeof CouponKindPage>;
/** GET /api/v1/coupon-kinds/programmes: which programmes a kind may belong to. */
export const CouponProgrammes = Strict({
  items: Type.Array(
    Strict({
      programmeId: Id,
      name: Type.String(),
      levels: Type.Array(Strict({ id: Type.String(), name: Type.String() })),
    }),
  ),
});
export type CouponProgrammes = Static<typeof CouponProgrammes>;
export const NewCouponKind = Strict({
  programmeId: SmallId,
  name: Name,
  mode: CouponMode,
  code: optional(CouponCode),
  terms: CouponTerms,
});
export type NewCouponKind = Static<typeof NewCouponKind>;
/** Other terms become a further version; coupons that guests hold keep theirs. */
export const ChangedCouponKind = Strict({ name: Name, active: Type.Boolean(), terms: CouponTerms });
export type ChangedCouponKind = Static<typeof ChangedCouponKind>;
export const SavedCouponKind = Strict({ kindId: Id });

// --- POST /api/v1/coupon-kinds/example: what these terms would do to a check
export const CouponExample = Strict({
  programmeId: SmallId,
  terms: CouponTerms,
  lines: Type.Array(
    Strict({
      amount: Amount,
      quantityThousandths: optional(Count(1_000_000_000)),
      itemId: optional(Type.String({ maxLength: 200 })),
      groups: optional(Texts),
    }),
    { minItems: 1, maxItems: 20 },
  ),
});
export type CouponExample = Static<typeof CouponExample>;
export const CouponExampleAnswer = Strict({
  discount: Amount,
  points: Amount,
  /** What each line costs then. */
  lines: Type.Array(Amount),
  /** A sentence where it gives nothing. */
  reason: Nullable(Type.String()),
});
export type CouponExampleAnswer = Static<typeof CouponExampleAnswer>;

// --- GET, POST /api/v1/coupon-kinds/:kindId/batches; GET …/batches/:batchId/codes.csv
export const CouponBatchParams = Strict({ kindId: SmallId, batchId: SmallId });
export const CouponBatch = Strict({
  batchId: Id,
  wanted: Type.Integer(),
  made: Type.Integer(),
  createdAt: InstantText,
});
export type CouponBatch = Static<typeof CouponBatch>;
export const CouponBatches = Strict({ items: Type.Array(CouponBatch) });
export type CouponBatches = Static<typeof CouponBatches>;
export const NewCouponBatch = Strict({ externalId: ExternalId, count: Count(100_000) });

// --- GET, POST /api/v1/coupons; GET, DELETE /api/v1/coupons/:couponId; POST /api/v1/coupons/reserve, …/release
export const CouponParams = Strict({ couponId: Id });
export const CouponQuery = Strict({
  after: Type.Optional(SmallCursor),
  limit: PageQuery.properties.limit,
  kindId: optional(SmallId),
  accountId: optional(Id),
  code: optional(CouponCode),
});
/** `expired` is a matter of time: nothing is written when a coupon's life is over. */
export const CouponState = Type.Union([
  Type.Literal('issued'),
  Type.Literal('reserved'),
  Type.Literal('redeemed'),
  Type.Literal('expired'),
  Type.Literal('voided'),
]);
export const CouponRow = Strict({
  couponId: Id,
  kindId: Id,
  kindName: Type.String(),
  /** In groups of four, as it is printed. */
  code: Type.String(),
  accountId: Nullable(Id),
  state: CouponState,
  usesLeft: Nullable(Type.Integer()),
  expiresAt: Nullable(InstantText),
  createdAt: InstantText,
});
export type CouponRow = Static<typeof CouponRow>;
export const CouponPage = Strict({ items: Type.Array(CouponRow), next: Nullable(Type.String()) });
export type CouponPage = Static<typeof CouponPage>;
/** Gives a guest a coupon of a `personal` kind; the same `externalId` gives the same coupon. */
export const NewCoupon = Strict({ externalId: ExternalId, kindId: SmallId, accountId: Id });
export const CouponUses = Strict({
  items: Type.Array(
    Strict({
      useId: Id,
      accountId: Nullable(Id),
      checkId: Nullable(Id),
      discount: Amount,
      usedAt: InstantText,
      returnedAt: Nullable(InstantText),
    }),
  ),
  next: Nullable(Type.String()),
});
export type CouponUses = Static<typeof CouponUses>;
export const CouponUsesQuery = Strict({ after: Type.Optional(SmallCursor), limit: PageQuery.properties.limit });
/** `key` is the key that the check will be registered with. */
export const CouponReservation = Strict({ code: CouponCode, key: ExternalId, seconds: Count(3_600) });
export const CouponReserved = Strict({ until: InstantText });
export const CouponRelease = Strict({ code: CouponCode, key: ExternalId });

// --- GET, POST /api/v1/certificates; GET …/:certificateId, …/entries; POST …/top-ups, …/write-offs, …/block
export const CertificateParams = Strict({ certificateId: Id });
export const CertificateQuery = Strict({
  after: Type.Optional(SmallCursor),
  limit: PageQuery.properties.limit,
  code: optional(CouponCode),
});
export const CertificateView = Strict({
  certificateId: Id,
  code: Type.String(),
  nominal: Amount,
  balance: Amount,
  blocked: Type.Boolean(),
  accountId: Nullable(Id),
  note: Type.String(),
  createdAt: InstantText,
});
export type CertificateView = Static<typeof CertificateView>;
export const CertificatePage = Strict({ items: Type.Array(CertificateView), next: Nullable(Type.String()) });
export type CertificatePage = Static<typeof CertificatePage>;
export const NewCertificate = Strict({
  externalId: ExternalId,
  amount: Positive,
  /** Sold for money, or given away. */
  paid: Type.Boolean(),
  /** What is printed on it; absent: a code that cannot be guessed. */
  code: optional(CouponCode),
  accountId: optional(Id),
  note: optional(Type.String({ maxLength: 200 })),
});
export const CertificateTopUp = Strict({ externalId: ExternalId, amount: Positive, paid: Type.Boolean() });
/** What is left goes to the company, by the owner's decision alone. */
export const CertificateWriteOff = Strict({ externalId: ExternalId });
export const CertificateBlock = Strict({ blocked: Type.Boolean() });
export const CertificateEntries = Strict({
  items: Type.Array(
    Strict({
      sequence: Type.Integer(),
      kind: Type.Union([
        Type.Literal('issue'),
        Type.Literal('top_up'),
        Type.Literal('pay'),
        Type.Literal('give_back'),
        Type.Literal('write_off'),
      ]),
      amount: Amount,
      balance: Amount,
      checkId: Nullable(Id),
      recordedAt: InstantText,
    }),
  ),
  next: Nullable(Type.String()),
});
export type CertificateEntries = Static<typeof CertificateEntries>;

// --- The till: GET /api/v1/till/guests/:accountId/coupons; POST /api/v1/till/code, /api/v1/till/redeem
export const TillCoupon = Strict({
  code: Type.String(),
  name: Type.String(),
  effect: Type.String(),
  /** Used without a check: a ticket, a gift handed out. */
  alone: Type.Boolean(),
  usesLeft: Nullable(Type.Integer()),
  expiresAt: Nullable(InstantText),
});
export type TillCoupon = Static<typeof TillCoupon>;
export const TillCoupons = Strict({ items: Type.Array(TillCoupon) });
export type TillCoupons = Static<typeof TillCoupons>;
export const TillCode = Strict({ code: CouponCode, accountId: optional(Id) });
/** What a code is: a coupon (and why it cannot be used), or a certificate with what is on it. 404 coupon_unknown. */
export const TillCodeAnswer = Strict({
  coupon: Nullable(TillCoupon),
  refusal: Nullable(Strict({ code: Type.String(), message: Type.String() })),
  certificate: Nullable(Strict({ code: Type.String(), balance: Amount, blocked: Type.Boolean() })),
});
export type TillCodeAnswer = Static<typeof TillCodeAnswer>;
/** Uses a ticket, a gift or points without a check; `operationKey` is made before the first attempt. */
export const TillRedeem = Strict({
  operationKey: Type.String({ format: 'uuid' }),
  code: CouponCode,
  accountId: optional(Id),
});
export type TillRedeem = Static<typeof TillRedeem>;
export const TillRedeemAnswer = Strict({
  name: Type.String(),
  effect: Type.String(),
  usesLeft: Nullable(Type.Integer()),
  points: Amount,
});
export type TillRedeemAnswer = Static<typeof TillRedeemAnswer>;

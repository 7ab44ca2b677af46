import { type Static, Type } from 'typebox';
import { Nullable, Strict } from './shapes.ts';

/** The old server that calls are mirrored to. `url` is its address without `/api/v0`. */
export const ProbonusShadow = Strict({
  on: Type.Boolean(),
  url: Type.String({ minLength: 8, maxLength: 500 }),
  timeoutMilliseconds: Type.Integer({ minimum: 500, maximum: 30_000 }),
});
export type ProbonusShadow = Static<typeof ProbonusShadow>;

/** GET /api/v1/probonus. `mapping` is told whole, with everything that it leaves as it is. */
export const ProbonusSettings = Strict({
  mapping: Type.Object({}, { additionalProperties: true }),
  shadow: Nullable(ProbonusShadow),
  hasCredentials: Type.Boolean(),
});
export type ProbonusSettings = Static<typeof ProbonusSettings>;

const Credentials = Type.Union([
  Strict({ token: Type.String({ minLength: 1, maxLength: 2_000 }) }),
  Strict({
    login: Type.String({ minLength: 1, maxLength: 254 }),
    password: Type.String({ minLength: 1, maxLength: 1_024 }),
  }),
]);
export type ProbonusCredentials = Static<typeof Credentials>;

/** PUT /api/v1/probonus: what is absent stays. Credentials go in and never come out. */
export const SaveProbonus = Strict({
  mapping: Type.Optional(Type.Object({}, { additionalProperties: true })),
  shadow: Type.Optional(Nullable(ProbonusShadow)),
  credentials: Type.Optional(Nullable(Credentials)),
});
export type SaveProbonus = Static<typeof SaveProbonus>;

const Count = Type.Integer();
/** GET /api/v1/probonus/shadow: every call is counted once as equal … notCompared. */
export const ShadowReport = Strict({
  since: Nullable(Type.String()),
  methods: Type.Array(
    Strict({
      method: Type.String(),
      calls: Count,
      equal: Count,
      different: Count,
      oursRefused: Count,
      theirsRefused: Count,
      theirsFailed: Count,
      oursFailed: Count,
      notCompared: Count,
      ourMilliseconds: Count,
      theirMilliseconds: Count,
      ourMillisecondsMax: Count,
      theirMillisecondsMax: Count,
    }),
  ),
});
export type ShadowReport = Static<typeof ShadowReport>;

/** GET /api/v1/probonus/shadow/differences, the newest first. */
export const ShadowDifferences = Strict({
  items: Type.Array(
    Strict({
      differenceId: Type.Integer(),
      method: Type.String(),
      path: Type.String(),
      ours: Nullable(Type.String()),
      theirs: Nullable(Type.String()),
      accountId: Nullable(Type.Integer()),
      recordedAt: Type.String(),
    }),
  ),
  next: Nullable(Type.String()),
});
export type ShadowDifferences = Static<typeof ShadowDifferences>;

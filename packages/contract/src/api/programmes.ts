import { type Static, Type } from 'typebox';
import { Amount, Id, InstantText, Nullable, SmallId, Strict } from './shapes.ts';

/** Programmes as their owner sets them up: `/api/v1/programmes…`. Rules are told in JSON, see the reference of rules. */

/** The caller's own key of a call: sent again, it is answered with what the first one made. */
const CallKey = Type.String({ minLength: 8, maxLength: 100 });
const Name = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' });

/** −1 stamps · 0 kept outside or none · 1 bonus · 2 discount · 3 discount by level and venue · 4 receipts · 5 tickets. */
export const ProgrammeKind = Type.Union([
  Type.Literal(-1),
  Type.Literal(0),
  Type.Literal(1),
  Type.Literal(2),
  Type.Literal(3),
  Type.Literal(4),
  Type.Literal(5),
]);

/** The settings of a programme; what they may be, `parseRules` decides. */
export const RulesJson = Type.Record(Type.String({ maxLength: 100 }), Type.Unknown());
export type RulesJson = Static<typeof RulesJson>;

export const ProgrammeRow = Strict({
  programmeId: Id,
  name: Type.String(),
  kind: ProgrammeKind,
  accounts: Type.Integer(),
  live: Strict({ rulesId: Id, since: InstantText }),
  next: Nullable(Strict({ rulesId: Id, at: InstantText })),
  /** Whether somebody is writing the next version. */
  draft: Type.Boolean(),
});
export type ProgrammeRow = Static<typeof ProgrammeRow>;
export const ProgrammeList = Strict({ items: Type.Array(ProgrammeRow) });
export type ProgrammeList = Static<typeof ProgrammeList>;

/** Without `rules` the type's own beginning is taken. */
export const NewProgramme = Strict({ key: CallKey, name: Name, kind: ProgrammeKind, rules: Type.Optional(RulesJson) });
export type NewProgramme = Static<typeof NewProgramme>;

export const ProgrammeDetail = Strict({ ...ProgrammeRow.properties, rules: RulesJson });
export type ProgrammeDetail = Static<typeof ProgrammeDetail>;

/** Where nobody has begun, `version` is 0 and the body is that of the live rules. */
export const RulesDraft = Strict({
  version: Type.Integer({ minimum: 0 }),
  body: RulesJson,
  /** Another version was published since the draft was begun. */
  outdated: Type.Boolean(),
  author: Nullable(Type.String()),
  updatedAt: Nullable(InstantText),
});
export type RulesDraft = Static<typeof RulesDraft>;

/** `version` is the one that was read: when it has moved on, nothing is saved and the refusal says by whom. */
export const SaveDraft = Strict({ version: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }), body: RulesJson });
export type SaveDraft = Static<typeof SaveDraft>;

export const RulesProblemText = Strict({
  path: Type.String(),
  code: Type.String(),
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
  text: Type.String(),
});
export type RulesProblemText = Static<typeof RulesProblemText>;
export const RuleChangeText = Strict({ path: Type.String(), kind: Type.String(), text: Type.String() });
export type RuleChangeText = Static<typeof RuleChangeText>;

/** Without `body` the saved draft is read. */
export const PreviewDraft = Strict({ body: Type.Optional(RulesJson), at: Type.Optional(InstantText) });
export const DraftPreview = Strict({
  changes: Type.Array(RuleChangeText),
  problems: Type.Array(RulesProblemText),
  /** Whether these rules may be published. */
  publishable: Type.Boolean(),
});
export type DraftPreview = Static<typeof DraftPreview>;

/** `version` of the draft that was seen; without `at` at once. */
export const PublishDraft = Strict({
  key: CallKey,
  version: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
  at: Type.Optional(InstantText),
});
export type PublishDraft = Static<typeof PublishDraft>;
export const RollBack = Strict({ key: CallKey, rulesId: SmallId });
export const Publication = Strict({ rulesId: Id, effectiveAt: InstantText });
export type Publication = Static<typeof Publication>;

export const RulesVersion = Strict({
  publicationId: Id,
  rulesId: Id,
  effectiveAt: InstantText,
  author: Nullable(Type.String()),
  state: Type.Union([Type.Literal('live'), Type.Literal('scheduled'), Type.Literal('past'), Type.Literal('withdrawn')]),
  /** The old version that this one brought back. */
  restoredRulesId: Nullable(Id),
  /** What it changed, in sentences; empty for the first one. */
  changes: Type.Array(Type.String()),
});
export type RulesVersion = Static<typeof RulesVersion>;
export const RulesVersionPage = Strict({ items: Type.Array(RulesVersion), next: Nullable(Type.String()) });
export type RulesVersionPage = Static<typeof RulesVersionPage>;

/** A check that nobody has made, by a guest whom nobody knows. */
export const ExampleWish = Strict({
  total: Amount,
  level: Type.Optional(Type.String({ maxLength: 200 })),
  /** Points on the account before the check. */
  balance: Type.Optional(Amount),
  /** Points to spend; at most what is allowed. */
  spend: Type.Optional(Amount),
  venue: Type.Optional(Type.String({ maxLength: 200 })),
  body: Type.Optional(RulesJson),
  of: Type.Optional(Type.Union([Type.Literal('live'), Type.Literal('draft')])),
});
export type ExampleWish = Static<typeof ExampleWish>;
export const Example = Strict({
  level: Strict({ id: Type.String(), name: Type.String() }),
  earn: Amount,
  maxSpend: Amount,
  spend: Amount,
  discount: Amount,
  money: Amount,
  /** «Чек на 1 000 ₽, гость «Серебро»: начислим 50 баллов, списать можно до 300». */
  text: Type.String(),
  /** What each rule did, limits that left less, stamps that are given. */
  trace: Type.Array(Type.String()),
});
export type Example = Static<typeof Example>;

// --- account groups
const OwnExpiry = RulesJson;
export const GroupTemplate = Strict({
  welcome: Type.Boolean(),
  /** Points of the group's own instead of the programme's welcome. */
  welcomeAmount: Type.Optional(Amount),
  welcomeLifetimeDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 36_500 })),
  /** The level that an account begins with. */
  level: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  /** When points of these accounts burn, in the place of the programme's `expiry`. */
  expiry: Type.Optional(OwnExpiry),
  /** The tags that a guest of the group begins with: segments of earning rules and offers. */
  tags: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 50, pattern: '^(?!group:)\\S(.*\\S)?$' }), { maxItems: 20 }),
  ),
});
export type GroupTemplateBody = Static<typeof GroupTemplate>;
export const AccountGroupRow = Strict({
  groupId: Id,
  programmeId: Id,
  programme: Type.String(),
  name: Type.String(),
  template: Nullable(GroupTemplate),
  accounts: Type.Integer(),
});
export type AccountGroupRow = Static<typeof AccountGroupRow>;
export const AccountGroupList = Strict({ items: Type.Array(AccountGroupRow) });
export type AccountGroupList = Static<typeof AccountGroupList>;
/** `groupId` is the caller's own; without it the next free number is taken. */
export const NewAccountGroup = Strict({
  groupId: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_000_000_000 })),
  programmeId: SmallId,
  name: Name,
  template: Nullable(GroupTemplate),
});
export type NewAccountGroup = Static<typeof NewAccountGroup>;
export const ChangeAccountGroup = Strict({ name: Name, template: Nullable(GroupTemplate) });
export type ChangeAccountGroup = Static<typeof ChangeAccountGroup>;

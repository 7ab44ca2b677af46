import { type Static, Type } from 'typebox';
import { Amount, DateText, Id, InstantText, Nullable, SmallId, Strict } from './shapes.ts';

/** What rules of earning ask of the world: budgets of campaigns, tags of guests, birthdays. */

// --- GET /api/v1/programmes/:programmeId/budgets; PUT …/budgets/:budgetId
export const ProgrammeParams = Strict({ programmeId: SmallId });
export const BudgetParams = Strict({
  ...ProgrammeParams.properties,
  budgetId: Type.String({ minLength: 1, maxLength: 100, pattern: '^[A-Za-z0-9._-]+$' }),
});
export const BudgetBody = Strict({
  name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
  /** Points that the campaign may give in all; less than it has given stops it. */
  amount: Amount,
});
export const Budget = Strict({
  budgetId: Type.String(),
  name: Type.String(),
  amount: Amount,
  /** Given so far, net of returns. */
  used: Amount,
  updatedAt: InstantText,
});
export type Budget = Static<typeof Budget>;
export const BudgetList = Strict({ items: Type.Array(Budget) });
export type BudgetList = Static<typeof BudgetList>;

// --- GET, PUT /api/v1/guests/:guestId/tags
export const GuestParams = Strict({ guestId: Id });
export const GuestTags = Strict({
  /** Segments of the rules; `group:` is kept for the groups of accounts. */
  tags: Type.Array(Type.String({ minLength: 1, maxLength: 100, pattern: '^(?!group:)\\S(.*\\S)?$' }), {
    maxItems: 100,
    uniqueItems: true,
  }),
});
export type GuestTags = Static<typeof GuestTags>;

// --- PUT /api/v1/guests/:guestId/birthday
export const GuestBirthday = Strict({ birthday: Nullable(DateText) });
export type GuestBirthday = Static<typeof GuestBirthday>;

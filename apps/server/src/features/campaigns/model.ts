import type {
  CampaignFilter,
  CampaignMessage,
  CampaignPlan,
  CampaignPurpose,
  CampaignScope,
  CampaignState,
  ErrorCode,
  PassOperationFilter,
} from '@tessera/contract';
import type { CardsOperation } from '../wallet/index.ts';

export type CampaignRow = {
  readonly campaignId: number;
  readonly requestKey: string;
  readonly purpose: CampaignPurpose;
  readonly scope: CampaignScope;
  readonly filter: CampaignFilter;
  readonly message: CampaignMessage;
  readonly quietHours: number;
  /** Whether somebody named the hour. */
  readonly scheduled: boolean;
  readonly dueAt: Temporal.Instant;
  /** The change of cards that it began. */
  readonly bulkId: number | null;
  readonly cancelledAt: Temporal.Instant | null;
  /** Why it could not begin. */
  readonly problem: ErrorCode | null;
  readonly createdBy: number | null;
  readonly createdAt: Temporal.Instant;
};

/** Later than this a message is no longer the one that was meant: "today until six" must not go out the next morning. */
const LATE_HOURS_MAX = 3;

/** Somebody who plans further ahead than this has mistyped the year. */
const AHEAD_DAYS_MAX = 366;

/** A minute that has begun is now: a person types and clicks. */
const PAST_SECONDS_MAX = 60;

export const isLate = ({ dueAt }: Pick<CampaignRow, 'dueAt'>, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(dueAt.add({ hours: LATE_HOURS_MAX }), now) < 0;

/**
 * The moment that somebody has named in the company's time; an hour that the clocks skip is the one behind it.
 * null: there is no such day, it is over, or too far away.
 */
export function readHour(at: string, timeZone: string, now: Temporal.Instant): Temporal.Instant | null {
  try {
    const due = Temporal.PlainDateTime.from(at, { overflow: 'reject' }).toZonedDateTime(timeZone).toInstant();
    const early = Temporal.Instant.compare(due.add({ seconds: PAST_SECONDS_MAX }), now) < 0;
    const far = Temporal.Instant.compare(now.add({ hours: 24 * AHEAD_DAYS_MAX }), due) < 0;
    return early || far ? null : due;
  } catch {
    return null;
  }
}

/** What it is at now: of one that has begun, what the change of cards says. */
export function stateOf(
  { cancelledAt, problem, dueAt }: Pick<CampaignRow, 'cancelledAt' | 'problem' | 'dueAt'>,
  operation: Pick<CardsOperation, 'state'> | null,
  now: Temporal.Instant,
): CampaignState {
  if (operation) return operation.state;
  if (cancelledAt) return 'cancelled';
  if (problem) return 'failed';
  return Temporal.Instant.compare(now, dueAt) < 0 ? 'scheduled' : 'waiting';
}

/** The cards that a plan means, before anybody is asked who agrees. Cards that ended are never told. */
export function cardsOf({ scope, filter }: Pick<CampaignPlan, 'scope' | 'filter'>): PassOperationFilter {
  const { kind: _, ...cards } = scope;
  return { ...filter, ...cards, state: 'active' };
}

/** The same, without those who have not agreed and those who were told something lately. */
export const filterOf = (plan: CampaignPlan, toldBy: readonly number[]): PassOperationFilter => ({
  ...cardsOf(plan),
  ...(plan.purpose === 'advertising' ? { agreed: 'yes' as const } : {}),
  ...(toldBy.length > 0 ? { notChangedBy: [...toldBy] } : {}),
});

export const planOf = ({ purpose, scope, filter, message, quietHours }: CampaignPlan): CampaignPlan => ({
  purpose,
  scope,
  filter,
  message,
  quietHours,
});

/** Since when a card must not have been told anything; null: it does not matter. */
export const quietSince = ({ quietHours }: Pick<CampaignPlan, 'quietHours'>, now: Temporal.Instant) =>
  quietHours === 0 ? null : now.subtract({ hours: quietHours });

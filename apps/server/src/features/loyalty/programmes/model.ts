import type { Rules } from '@tessera/loyalty';
import type { RulesInForce } from '../model.ts';

/** Rules as JSON without a version's number: as they are edited, and as they were published. */
export type RulesBody = Readonly<Record<string, unknown>>;

/** The versions of a programme: the present one, and the one that takes over at an instant. */
export type Versions = Pick<RulesInForce, 'rulesId' | 'next'>;

export type Programme = {
  programmeId: number;
  name: string;
  kind: number;
  rules: Versions;
};

export type Draft = {
  programmeId: number;
  body: RulesBody;
  /** The version that was live when the draft was begun. */
  baseRulesId: number;
  version: number;
  author: string | null;
  updatedAt: Temporal.Instant;
};

/** Where a publication stands at an instant. */
export type PublicationState = 'live' | 'scheduled' | 'past' | 'withdrawn';

export type PublicationRow = {
  publicationId: number;
  rulesId: number;
  previousRulesId: number | null;
  restoredRulesId: number | null;
  effectiveAt: Temporal.Instant;
  author: string | null;
  withdrawn: boolean;
};

export type Version = PublicationRow & { state: PublicationState; rules: Rules; previous: Rules | null };

/** Rules are published two years ahead at most. */
export const PUBLISH_AHEAD_DAYS_MAX = 731;
export const PROGRAMMES_MAX = 100;

/** The body without the number, which belongs to one version. */
export function withoutNumber(body: RulesBody): RulesBody {
  const { id: _id, ...rest } = body;
  return rest;
}

/** The version that waits for its instant; `null` when there is none, or when its instant has come. */
export function scheduledOf({ next }: Versions, now: Temporal.Instant): Versions['next'] {
  return next !== null && Temporal.Instant.compare(now, next.at) < 0 ? next : null;
}

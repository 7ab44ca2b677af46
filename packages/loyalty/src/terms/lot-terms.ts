import type { EpochMs } from '../business-day.ts';
import { businessDayOf, endOfTerm, nextYearDay, startOfDay, startOfDayAfter } from '../business-day.ts';
import type { ActivationDelay, Expiry, OwnTerms } from '../expiry.ts';
import { expiryAfterDays } from '../issue-lot.ts';
import type { LotTerms } from '../lots.ts';
import type { Operation } from '../operation.ts';
import { ledgerOf } from '../operation.ts';
import type { Rules } from '../rules.ts';
import type { Slides } from './slide.ts';
import { endOfSlide, nameOfSlide } from './slide.ts';

const MS_PER_HOUR = 3_600_000;

type End = Pick<LotTerms, 'expiresAtMs' | 'slides'>;
export type TermsOfLot = End & Pick<LotTerms, 'activatesAtMs' | 'awaits'>;

/**
 * When points earned at `earnedAt` become usable and when they burn. Points that wait for an event have no end yet.
 * @param slid the ends that the same entry gives to sliding points
 */
export function termsOfEarned(
  operation: Operation,
  earnedAt: EpochMs,
  own: OwnTerms | null,
  slid: Slides | null,
): TermsOfLot {
  const { rules } = operation;
  const expiry = own?.expiry ?? rules.expiry;
  const delay = own?.activationDelay ?? rules.activationDelay;
  if (delay.kind === 'event' || delay.kind === 'manual') {
    const days = delay.kind === 'event' ? delay.cancelAfterDays : null;
    const cancelsAtMs = days === null ? null : expiryAfterDays(earnedAt, days, rules);
    return { activatesAtMs: earnedAt, expiresAtMs: null, awaits: { cancelsAtMs, expiry } };
  }
  const activatesAtMs = activationOf(earnedAt, delay, rules);
  return { activatesAtMs, ...endOf(operation, expiry, earnedAt, activatesAtMs, slid) };
}

/** When points burn under the programme's own term. */
export function endOfProgramme(operation: Operation, earnedAt: EpochMs, activatesAt: EpochMs): End {
  return endOf(operation, operation.rules.expiry, earnedAt, activatesAt, null);
}

/** When points under a term burn; `expiresAtMs` is `null` for never. */
export function endOf(
  operation: Operation,
  expiry: Expiry,
  earnedAt: EpochMs,
  activatesAt: EpochMs,
  slid: Slides | null,
): End {
  const { rules, nowMs } = operation;
  switch (expiry.kind) {
    case 'never':
      return { expiresAtMs: null };
    case 'instant':
      return { expiresAtMs: expiry.atMs };
    case 'sliding': {
      const slides = nameOfSlide(expiry);
      const standing = slid?.[slides] ?? ledgerOf(operation).slides[slides];
      // Where nothing has moved for so long that everything is gone, or nothing was there yet, the term begins here.
      const alive = standing !== undefined && standing > nowMs;
      const from = activatesAt <= nowMs ? activatesAt : earnedAt;
      return { expiresAtMs: alive ? standing : endOfSlide(slides, from, rules), slides };
    }
    case 'dates': {
      const from = expiry.countFrom === 'activation' ? activatesAt : earnedAt;
      const least = businessDayOf(from, rules).add({ days: expiry.leastDays });
      return { expiresAtMs: startOfDay(nextYearDay(least, expiry.dates).add({ days: 1 }), rules) };
    }
    case 'period':
      return { expiresAtMs: endOfTerm(expiry.countFrom === 'activation' ? activatesAt : earnedAt, expiry, rules) };
  }
}

function activationOf(earnedAt: EpochMs, delay: ActivationDelay, rules: Rules): EpochMs {
  switch (delay.kind) {
    case 'hours':
      return earnedAt + delay.hours * MS_PER_HOUR;
    case 'days':
      return startOfDayAfter(earnedAt, delay.days, rules);
    case 'dates':
      return startOfDay(nextYearDay(businessDayOf(earnedAt, rules).add({ days: 1 }), delay.dates), rules);
    default:
      return earnedAt;
  }
}

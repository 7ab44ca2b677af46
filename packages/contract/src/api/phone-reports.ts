import { type Static, Type } from 'typebox';
import { DateText, InstantText, Strict } from './shapes.ts';

/** GET /api/v1/phone-reports: what phones complained of in the last thirty days, the newest first. Anybody can send such reports. */
export const PhoneReportList = Strict({
  /** The first day that is counted (UTC). */
  since: DateText,
  items: Type.Array(
    Strict({
      /** A code of ours for what was said. */
      kind: Type.String(),
      passTypeIdentifier: Type.String(),
      /** What it means, and what to do, in a sentence each. */
      meaning: Type.String(),
      advice: Type.String(),
      /** For what we do not know: the phone's words, without anything that names a card. '' for the rest. */
      wording: Type.String(),
      count: Type.Integer(),
      firstAt: InstantText,
      lastAt: InstantText,
      /** Days with reports, oldest first. */
      days: Type.Array(Strict({ day: DateText, count: Type.Integer() })),
    }),
  ),
});
export type PhoneReportList = Static<typeof PhoneReportList>;

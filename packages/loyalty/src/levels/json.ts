import type { AmountJson } from '../amount-json.ts';
import { amountFromJson, amountToJson } from '../amount-json.ts';
import type { LadderChange, LadderCount, LadderState, LevelPin } from './standing.ts';

/** Days and amounts in turn, because a rolling year has many of them. */
type CountsJson = readonly AmountJson[];

/** The stored form of what a ladder remembers. Days are numbers of days since 1970, instants epoch milliseconds. */
export type LadderJson = {
  readonly basis: string;
  readonly counts?: CountsJson;
  readonly judged: number;
  readonly joined: number;
  readonly grace?: number;
};

export type LadderChangeJson = {
  readonly judged?: number;
  readonly begins?: { readonly basis: string; readonly joined: number };
  readonly counts?: CountsJson;
  readonly kept?: number;
  /** `null` where the grace or the pin ends. */
  readonly grace?: number | null;
  readonly pin?: LevelPin | null;
};

export function ladderToJson({ basis, counts, judgedMs, joinedOn, graceUntilMs }: LadderState): LadderJson {
  return {
    basis,
    ...(counts.length === 0 ? {} : { counts: countsToJson(counts) }),
    judged: judgedMs,
    joined: joinedOn,
    ...(graceUntilMs === null ? {} : { grace: graceUntilMs }),
  };
}

export function ladderFromJson({ basis, counts, judged, joined, grace }: LadderJson): LadderState {
  return {
    basis,
    counts: countsFromJson(counts ?? []),
    judgedMs: judged,
    joinedOn: joined,
    graceUntilMs: grace ?? null,
  };
}

export function ladderChangeToJson(change: LadderChange): LadderChangeJson {
  const { judgedMs, begins, counts, keptFrom, graceUntilMs, pin } = change;
  return {
    ...(judgedMs === undefined ? {} : { judged: judgedMs }),
    ...(begins === undefined ? {} : { begins: { basis: begins.basis, joined: begins.joinedOn } }),
    ...(counts === undefined ? {} : { counts: countsToJson(counts) }),
    ...(keptFrom === undefined ? {} : { kept: keptFrom }),
    ...(graceUntilMs === undefined ? {} : { grace: graceUntilMs }),
    ...(pin === undefined ? {} : { pin }),
  };
}

export function ladderChangeFromJson(json: LadderChangeJson): LadderChange {
  const { judged, begins, counts, kept, grace, pin } = json;
  return {
    ...(judged === undefined ? {} : { judgedMs: judged }),
    ...(begins === undefined ? {} : { begins: { basis: begins.basis, joinedOn: begins.joined } }),
    ...(counts === undefined ? {} : { counts: countsFromJson(counts) }),
    ...(kept === undefined ? {} : { keptFrom: kept }),
    ...(grace === undefined ? {} : { graceUntilMs: grace }),
    ...(pin === undefined ? {} : { pin }),
  };
}

function countsToJson(counts: readonly LadderCount[]): CountsJson {
  return counts.flatMap(({ from, amount }) => [from, amountToJson(amount)]);
}

function countsFromJson(json: CountsJson): readonly LadderCount[] {
  const counts: LadderCount[] = [];
  for (let at = 0; at < json.length; at += 2) {
    counts.push({ from: Number(json[at]), amount: amountFromJson(json[at + 1]!) });
  }
  return counts;
}

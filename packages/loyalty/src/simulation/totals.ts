import { BASIS_POINTS, divideRounded, moneyPerPoint } from '../amounts.ts';
import type { Earned } from '../earn.ts';
import type { EarnCut } from '../earn-caps.ts';
import type { Rules } from '../rules.ts';
import type { Versions } from './past-sale.ts';
import type { MemberPast, SimulatedSale } from './simulate.ts';
import { simulateMember } from './simulate.ts';

export type RuleTotal = { readonly ruleId: string; readonly checks: number; readonly points: bigint };
export type CutTotal = { readonly cut: EarnCut; readonly checks: number };

/** One version's part of a simulation. */
export type VersionTotals = {
  /** Points. */
  readonly issued: bigint;
  /** In the order of the rules. */
  readonly rules: readonly RuleTotal[];
  readonly cuts: readonly CutTotal[];
};

export type Gainer = { readonly accountId: number; readonly live: bigint; readonly draft: bigint };

/** What a draft would have cost. Amounts are minor units; `cost` and `turnover` of money. */
export type SimulationResult = {
  readonly checks: number;
  /** Checks and members to whom the draft gives another number of points. */
  readonly checksTouched: number;
  readonly members: number;
  readonly membersTouched: number;
  readonly turnover: bigint;
  readonly live: VersionTotals;
  readonly draft: VersionTotals;
  /** Points that the draft gives more, and what they are worth. */
  readonly delta: bigint;
  readonly cost: bigint;
  /** Of the turnover, in basis points; `null` without any. */
  readonly costBasisPoints: number | null;
  readonly levelChanges: readonly { readonly from: string; readonly to: string; readonly members: number }[];
  /** The twenty who gain most: an offer that somebody lives on shows here. */
  readonly gainers: readonly Gainer[];
  /** Exclusions of the draft that no check has met: probably a slip. */
  readonly idleExclusions: readonly string[];
  /** The self-check: of so many sales priced by the live version, so many came out otherwise than they are stored. */
  readonly selfCheck: { readonly checked: number; readonly different: number };
  /** Under the assumption of a fixed uplift: what guests would buy more, and what that earns. */
  readonly uplift: { readonly turnover: bigint; readonly points: bigint };
};

const GAINERS = 20;

export type Simulation = {
  /** Adds one member's past. Returns how many of his sales counted. */
  readonly add: (accountId: number, past: MemberPast) => number;
  readonly result: () => SimulationResult;
};

type Side = { issued: bigint; rules: Map<string, { checks: number; points: bigint }>; cuts: Map<EarnCut, number> };

/**
 * Collects a simulation member by member, so that none of their histories has to be kept.
 * @param assumed how much more guests would buy, in basis points: none unless somebody says so
 */
export function startSimulation(versions: Versions, assumed: { readonly upliftBasisPoints?: number } = {}): Simulation {
  const sides = { live: newSide(versions.live), draft: newSide(versions.draft) };
  const sums = { checks: 0, checksTouched: 0, members: 0, membersTouched: 0, turnover: 0n, checked: 0, different: 0 };
  const levelChanges = new Map<string, { from: string; to: string; members: number }>();
  let gainers: Gainer[] = [];

  const addSale = ({ past, earned, faithful }: SimulatedSale): { live: bigint; draft: bigint } => {
    sums.checks += 1;
    sums.turnover += past.sale.money;
    if (faithful !== null) sums.checked += 1;
    if (faithful === false) sums.different += 1;
    const points = { live: earned?.live.points ?? past.sale.earned, draft: earned?.draft.points ?? past.sale.earned };
    for (const side of ['live', 'draft'] as const) {
      sides[side].issued += points[side];
      if (earned !== null) addTo(sides[side], earned[side]);
    }
    if (points.live !== points.draft) sums.checksTouched += 1;
    return points;
  };

  return {
    add: (accountId, past) => {
      const { sales, levels } = simulateMember(past, versions);
      if (sales.length === 0) return 0;
      const total = { accountId, live: 0n, draft: 0n };
      const touchedBefore = sums.checksTouched;
      for (const sale of sales) {
        const points = addSale(sale);
        total.live += points.live;
        total.draft += points.draft;
      }
      sums.members += 1;
      if (sums.checksTouched > touchedBefore) sums.membersTouched += 1;
      if (total.draft > total.live) gainers = [...gainers, total].sort(byGain).slice(0, GAINERS);
      if (levels !== null && levels.live.id !== levels.draft.id) {
        const [from, to] = [levels.live.id, levels.draft.id];
        const key = JSON.stringify([from, to]);
        levelChanges.set(key, { from, to, members: (levelChanges.get(key)?.members ?? 0) + 1 });
      }
      return sales.length;
    },
    result: () => {
      const [live, draft] = [told(sides.live, versions.live), told(sides.draft, versions.draft)];
      const delta = draft.issued - live.issued;
      const cost = delta * moneyPerPoint(versions.draft);
      const uplift = BigInt(assumed.upliftBasisPoints ?? 0);
      const { checks, checksTouched, members, membersTouched, turnover, checked, different } = sums;
      return {
        checks,
        checksTouched,
        members,
        membersTouched,
        turnover,
        live,
        draft,
        delta,
        cost,
        costBasisPoints: turnover === 0n ? null : signedShare(cost, turnover),
        levelChanges: [...levelChanges.values()].sort((a, b) => b.members - a.members),
        gainers,
        idleExclusions: idleExclusionsOf(versions.draft, draft),
        selfCheck: { checked, different },
        uplift: { turnover: (turnover * uplift) / BASIS_POINTS, points: (draft.issued * uplift) / BASIS_POINTS },
      };
    },
  };
}

const byGain = (a: Gainer, b: Gainer): number => {
  const difference = b.draft - b.live - (a.draft - a.live);
  return difference > 0n ? 1 : difference < 0n ? -1 : a.accountId - b.accountId;
};

function newSide({ earning }: Rules): Side {
  const rules = new Map(earning.rules.map(({ id }) => [id, { checks: 0, points: 0n }]));
  return { issued: 0n, rules, cuts: new Map() };
}

function addTo(side: Side, { trace, cuts }: Earned): void {
  for (const { ruleId, reason, points } of trace) {
    const total = side.rules.get(ruleId);
    if (reason !== null || total === undefined) continue;
    total.checks += 1;
    total.points += points;
  }
  for (const cut of cuts) side.cuts.set(cut, (side.cuts.get(cut) ?? 0) + 1);
}

const told = ({ issued, rules, cuts }: Side, { earning }: Rules): VersionTotals => ({
  issued,
  rules: earning.rules.map(({ id }) => ({ ruleId: id, ...rules.get(id)! })),
  cuts: [...cuts].map(([cut, checks]) => ({ cut, checks })),
});

function idleExclusionsOf({ earning }: Rules, { rules }: VersionTotals): readonly string[] {
  return earning.rules.flatMap(({ id, effect }, index) =>
    effect.kind === 'exclude' && rules[index]!.checks === 0 ? [id] : [],
  );
}

function signedShare(cost: bigint, turnover: bigint): number {
  const share = divideRounded((cost < 0n ? -cost : cost) * BASIS_POINTS, turnover, 'half_up');
  return Number(cost < 0n ? -share : share);
}

import type { AmountJson } from '../amount-json.ts';
import { amountToJson } from '../amount-json.ts';
import type { CheckContext } from '../earn-conditions.ts';
import type { LineKind } from '../earning-rules.ts';
import type { SaleEarning, SaleTally, SoldGoods } from '../sale-record.ts';
import type { ClosedReason } from './rule-limits.ts';
import type { BudgetRoom, EarnStanding } from './standing.ts';

type GoodsJson = {
  readonly excluded?: true;
  readonly kind?: LineKind;
  readonly discount?: AmountJson;
  readonly item?: string;
  readonly groups?: readonly string[];
};

type BudgetsJson = Readonly<Record<string, AmountJson>>;

/** Members that say nothing are left out. */
export type EarningJson = {
  readonly at: number;
  readonly context: CheckContext;
  readonly used?: readonly [day: AmountJson, week: AmountJson, month: AmountJson, accruals: number];
  readonly closed?: Readonly<Record<string, ClosedReason>>;
  readonly carry?: AmountJson;
  readonly room?: AmountJson;
  readonly ownRate?: number;
  readonly budgets?: BudgetsJson;
  readonly lines: readonly GoodsJson[];
  readonly proportional?: true;
};

export function earningToJson({ at, context, standing, lines, proportional }: SaleEarning): EarningJson {
  return {
    at,
    context,
    ...standingToJson(standing),
    lines: lines.map(goodsToJson),
    ...(proportional ? { proportional } : {}),
  };
}

export function earningFromJson(json: EarningJson): SaleEarning {
  const { at, context, lines, proportional } = json;
  return {
    at,
    context,
    standing: standingFromJson(json),
    lines: lines.map(goodsFromJson),
    proportional: proportional === true,
  };
}

function standingToJson({ used, closed, carry, room, ownRate, budgets }: EarnStanding): Partial<EarningJson> {
  const { day, week, month, accruals } = used;
  const unused = day + week + month === 0n && accruals === 0;
  return {
    ...(unused ? {} : { used: [amountToJson(day), amountToJson(week), amountToJson(month), accruals] }),
    ...(closed.length === 0 ? {} : { closed: Object.fromEntries(closed.map((one) => [one.ruleId, one.reason])) }),
    ...(carry === 0n ? {} : { carry: amountToJson(carry) }),
    ...(room === null ? {} : { room: amountToJson(room) }),
    ...(ownRate === null ? {} : { ownRate }),
    ...(budgets.length === 0 ? {} : { budgets: budgetsToJson(budgets) }),
  };
}

function standingFromJson({ used, closed, carry, room, ownRate, budgets }: EarningJson): EarnStanding {
  const [day, week, month, accruals] = used ?? [0, 0, 0, 0];
  return {
    used: { day: BigInt(day), week: BigInt(week), month: BigInt(month), accruals },
    closed: Object.entries(closed ?? {}).map(([ruleId, reason]) => ({ ruleId, reason })),
    carry: BigInt(carry ?? 0),
    room: room === undefined ? null : BigInt(room),
    ownRate: ownRate ?? null,
    budgets: budgetsFromJson(budgets),
  };
}

function goodsToJson({ eligible, kind, discount, itemId, groups }: SoldGoods): GoodsJson {
  return {
    ...(eligible ? {} : { excluded: true }),
    ...(kind === 'goods' ? {} : { kind }),
    ...(discount === 0n ? {} : { discount: amountToJson(discount) }),
    ...(itemId === null ? {} : { item: itemId }),
    ...(groups.length === 0 ? {} : { groups }),
  };
}

function goodsFromJson({ excluded, kind, discount, item, groups }: GoodsJson): SoldGoods {
  return {
    eligible: excluded !== true,
    kind: kind ?? 'goods',
    discount: BigInt(discount ?? 0),
    itemId: item ?? null,
    groups: groups ?? [],
  };
}

const budgetsToJson = (budgets: readonly BudgetRoom[]): BudgetsJson =>
  Object.fromEntries(budgets.map(({ budgetId, points }) => [budgetId, amountToJson(points)]));

const budgetsFromJson = (json: BudgetsJson | undefined): readonly BudgetRoom[] =>
  Object.entries(json ?? {}).map(([budgetId, points]) => ({ budgetId, points: BigInt(points) }));

export type SaleTallyJson = {
  readonly at: number;
  readonly carried?: AmountJson;
  readonly uses?: readonly string[];
  readonly drawn?: BudgetsJson;
};

export function saleTallyToJson({ at, carried, uses, drawn }: SaleTally): SaleTallyJson {
  return {
    at,
    ...(carried === 0n ? {} : { carried: amountToJson(carried) }),
    ...(uses.length === 0 ? {} : { uses }),
    ...(drawn.length === 0 ? {} : { drawn: budgetsToJson(drawn) }),
  };
}

export function saleTallyFromJson({ at, carried, uses, drawn }: SaleTallyJson): SaleTally {
  return { at, carried: BigInt(carried ?? 0), uses: uses ?? [], drawn: budgetsFromJson(drawn) };
}

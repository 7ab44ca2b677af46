import type { Rules } from '../rules.ts';
import type { Contradiction } from './contradiction.ts';

/** What rules name that stands outside them: each with its place and the words for a sentence. */
export type RuleReferences = {
  readonly couponKinds: readonly { readonly id: string; readonly path: string; readonly milestone: string }[];
  readonly designs: readonly { readonly id: number; readonly path: string; readonly level: string }[];
  readonly budgets: readonly { readonly id: string; readonly path: string; readonly rule: string }[];
};

/** Whether a kind of coupons can be given to a guest: it is there, it is going on, and each coupon has its own code. */
export type CouponKindStanding = 'given' | 'stopped' | 'not_personal';

/** What the company has of it. A coupon kind that is absent does not exist. */
export type KnownReferences = {
  readonly couponKinds: ReadonlyMap<string, CouponKindStanding>;
  readonly designs: ReadonlySet<number>;
  readonly budgets: ReadonlySet<string>;
};

/** The coupon kinds, designs and budgets that rules name. */
export function referencesOf({ levels, earning, wallets }: Rules): RuleReferences {
  return {
    couponKinds: wallets.flatMap((wallet, at) => {
      if (wallet.kind !== 'stamps') return [];
      return wallet.milestones.flatMap(({ name, reward }, index) => {
        if (reward.kind !== 'coupon') return [];
        const path = `wallets[${at}].milestones[${index}].reward.couponKindId`;
        return [{ id: reward.couponKindId, path, milestone: name }];
      });
    }),
    designs: levels.flatMap(({ designId, name }, index) =>
      designId === undefined ? [] : [{ id: designId, path: `levels[${index}].designId`, level: name }],
    ),
    budgets: earning.rules.flatMap(({ budgetId, name }, index) =>
      budgetId === null ? [] : [{ id: budgetId, path: `earning.rules[${index}].budgetId`, rule: name }],
    ),
  };
}

const COUPON_KIND_CODES = { stopped: 'coupon_kind_stopped', not_personal: 'coupon_kind_not_personal' } as const;

/** What rules promise and the company does not have: nobody would ever get it. All of them are errors. */
export function findMissing(wanted: RuleReferences, known: KnownReferences): readonly Contradiction[] {
  const kinds = wanted.couponKinds.flatMap(({ id, path, milestone }): Contradiction[] => {
    const standing = known.couponKinds.get(id);
    if (standing === 'given') return [];
    const code = standing === undefined ? 'coupon_kind_missing' : COUPON_KIND_CODES[standing];
    return [{ code, path, severity: 'error', params: { milestone, id } }];
  });
  const designs = wanted.designs
    .filter(({ id }) => !known.designs.has(id))
    .map(({ id, path, level }): Contradiction => {
      return { code: 'level_design_missing', path, severity: 'error', params: { level, id } };
    });
  const budgets = wanted.budgets
    .filter(({ id }) => !known.budgets.has(id))
    .map(({ id, path, rule }): Contradiction => {
      return { code: 'rule_budget_missing', path, severity: 'error', params: { rule, id } };
    });
  return [...kinds, ...designs, ...budgets];
}

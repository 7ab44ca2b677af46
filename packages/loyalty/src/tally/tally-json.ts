import type { AmountJson } from '../amount-json.ts';
import { amountToJson } from '../amount-json.ts';
import type { RuleUses, Tally, TallyChange, UseChange } from './tally.ts';

type UsesJson = { readonly rule: string; readonly times: readonly number[]; readonly total?: number };

/** Members that say nothing are left out; `total` stands only where it is more than the times that are kept. */
export type TallyJson = {
  readonly carry?: AmountJson;
  readonly uses?: readonly UsesJson[];
  readonly birthday?: number;
};

export type TallyChangeJson = {
  readonly carry?: AmountJson;
  readonly uses?: readonly {
    readonly rule: string;
    readonly at: number;
    readonly back?: true;
    readonly from: number;
  }[];
  readonly birthday?: number;
};

export function tallyToJson({ carry, uses, birthdayYear }: Tally): TallyJson {
  return {
    ...(carry === 0n ? {} : { carry: amountToJson(carry) }),
    ...(uses.length === 0 ? {} : { uses: uses.map(usesToJson) }),
    ...(birthdayYear === null ? {} : { birthday: birthdayYear }),
  };
}

export function tallyFromJson({ carry, uses, birthday }: TallyJson): Tally {
  return { carry: BigInt(carry ?? 0), uses: (uses ?? []).map(usesFromJson), birthdayYear: birthday ?? null };
}

function usesToJson({ ruleId, times, total }: RuleUses): UsesJson {
  return { rule: ruleId, times, ...(total === times.length ? {} : { total }) };
}

function usesFromJson({ rule, times, total }: UsesJson): RuleUses {
  return { ruleId: rule, times, total: total ?? times.length };
}

export function tallyChangeToJson({ carry, uses, birthdayYear }: TallyChange): TallyChangeJson {
  return {
    ...(carry === 0n ? {} : { carry: amountToJson(carry) }),
    ...(uses.length === 0
      ? {}
      : {
          uses: uses.map(({ ruleId, at, by, keptFrom }) => ({
            rule: ruleId,
            at,
            ...(by === 1 ? {} : { back: true as const }),
            from: keptFrom,
          })),
        }),
    ...(birthdayYear === null ? {} : { birthday: birthdayYear }),
  };
}

export function tallyChangeFromJson({ carry, uses, birthday }: TallyChangeJson): TallyChange {
  const changes = (uses ?? []).map(
    ({ rule, at, back, from }): UseChange => ({ ruleId: rule, at, by: back === true ? -1 : 1, keptFrom: from }),
  );
  return { carry: BigInt(carry ?? 0), uses: changes, birthdayYear: birthday ?? null };
}

import type { Quote } from '@tessera/loyalty';
import type { Translate } from '../../platform/texts.ts';

/** A sentence for the cashier, and what it is about. */
export type Advice = { code: string; message: string };

type Limits = Pick<Quote, 'maxSpendReason' | 'missingToMinimum' | 'cuts'>;

/** Why no more can be spent, and why less is earned than the rules give. */
export function reasonsOf({ maxSpendReason, missingToMinimum, cuts }: Limits, t: Translate): Advice[] {
  const spending =
    maxSpendReason === 'balance' || maxSpendReason === 'step'
      ? []
      : [
          {
            code: maxSpendReason,
            message: t(`server:spend_limit.${maxSpendReason}`, { missing: String(missingToMinimum) }),
          },
        ];
  const earning = cuts.map((cut) => ({ code: `earn_${cut}`, message: t(`server:entry_detail.cut.${cut}`) }));
  return [...spending, ...earning];
}

/** What a little more on the check would bring, nearest first. */
export function hintsOf({ hints }: Pick<Quote, 'hints'>, currency: string, t: Translate): Advice[] {
  return hints.map((hint) => {
    const reached = hint.kind === 'level' && hint.addMoney === 0n;
    const code = reached ? 'level_reached' : hint.kind;
    const name = 'name' in hint ? hint.name : '';
    const params = { name, currency, add: String(hint.addMoney), earn: String(hint.earn) };
    return { code, message: t(`server:hint.${code}`, params) };
  });
}

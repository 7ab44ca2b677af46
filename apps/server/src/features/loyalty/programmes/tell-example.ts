import type { Example } from '@tessera/contract';
import type { Quote, Rules, RuleTrace } from '@tessera/loyalty';
import { percentOf, type Telling, tell, textOf } from './telling.ts';
import type { ExampleAnswer } from './try-example.ts';

/** An example in words: «Чек на 1 000 ₽, гость «Серебро»: начислим 50 баллов, списать можно до 300». */
export function tellExample({ rules, quote }: ExampleAnswer, total: bigint, telling: Telling): Example {
  const { level, earn, maxSpend, spend, discount, money, cards } = quote;
  const parts = [
    ...(discount > 0n ? [tell(telling, 'example.discount', { discount: String(discount) })] : []),
    ...(discount > 0n || spend > 0n ? [tell(telling, 'example.pay', { money: String(money) })] : []),
    ...cards.filter(({ given }) => given > 0n).map((card) => tellStamps(rules, card, telling)),
    // A card of stamps alone gives no points, and nobody expects them.
    ...(earn > 0n || cards.length === 0
      ? [tell(telling, earn > 0n ? 'example.earn' : 'example.earn_nothing', { earn: String(earn) })]
      : []),
    tell(telling, maxSpend > 0n ? 'example.spend' : 'example.spend_nothing', { max: String(maxSpend) }),
  ];
  return {
    level: { id: level.id, name: level.name },
    earn: Number(earn),
    maxSpend: Number(maxSpend),
    spend: Number(spend),
    discount: Number(discount),
    money: Number(money),
    text: tell(telling, 'example.text', { total: String(total), level: level.name, parts: parts.join(', ') }),
    trace: tellTrace(rules, quote, telling),
  };
}

function tellStamps(rules: Rules, { wallet, given }: Quote['cards'][number], telling: Telling): string {
  const card = rules.wallets.find(({ id }) => id === wallet);
  return tell(telling, 'example.stamps', {
    wallet: card?.name ?? wallet,
    count: Number(given),
    slots: card?.kind === 'stamps' ? card.slots : '',
  });
}

function tellTrace(rules: Rules, quote: Quote, telling: Telling): string[] {
  const { level, trace, cuts } = quote;
  const rate = percentOf(level.rateBasisPoints, telling);
  const byLevel = rules.earning.checkSize === null && level.rateBasisPoints > 0;
  return [
    ...(byLevel ? [tell(telling, 'example.rate', { level: level.name, rate })] : []),
    ...trace.map((one) => tellRule(rules, one, telling)),
    ...cuts.map((cut) => textOf(telling, `example.cut.${cut}`) ?? cut),
  ];
}

function tellRule(rules: Rules, { ruleId, reason, points }: RuleTrace, telling: Telling): string {
  const rule = rules.earning.rules.find(({ id }) => id === ruleId)?.name ?? ruleId;
  if (reason === null) {
    return tell(telling, points > 0n ? 'example.rule_given' : 'example.rule_matched', { rule, points: String(points) });
  }
  const why = textOf(telling, `example.reason.${reason}`) ?? tell(telling, 'example.reason.other');
  return tell(telling, 'example.rule_not', { rule, reason: why });
}

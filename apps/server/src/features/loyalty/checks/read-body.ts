import {
  type CheckBody,
  type CheckLineBody,
  type QuoteAnswer,
  type QuoteBody,
  type Result,
  type ReturnBody,
  refuse,
  succeed,
} from '@tessera/contract';
import type { CheckLine, ReturnLine } from '@tessera/loyalty';
import type { Translate } from '../../../platform/texts.ts';
import type { QuoteWish, SaleQuote } from '../quote-sale.ts';
import type { Sale } from '../register-check.ts';
import type { ReturnWish } from '../return-check.ts';
import { describeCards, describeDeposits, describeRewards } from '../wallets/describe-wallets.ts';

// Bodies of /api/v1 as the use cases take them. What a schema cannot say is said here.

const big = (amount: number | undefined): bigint | undefined => (amount === undefined ? undefined : BigInt(amount));

const toLine = ({ name: _name, amount, discount, ...line }: CheckLineBody): CheckLine => ({
  ...line,
  amount: BigInt(amount),
  discount: big(discount),
});

const wrongField = (field: string): { ok: false } & ReturnType<typeof refuse> => refuse('value_invalid', { field });

const certificateOf = ({ certificate }: Pick<QuoteBody, 'certificate'>) =>
  certificate && { code: certificate.code, amount: big(certificate.amount) };

const depositOf = ({ deposit }: Pick<QuoteBody, 'deposit'>) =>
  deposit && { wallet: deposit.wallet, amount: BigInt(deposit.amount) };

/** The basket of a quote or of a check that is priced here: `total` or `lines`. */
function basketOf(body: {
  total?: number | undefined;
  lines?: readonly CheckLineBody[] | undefined;
}): Result<{ total: bigint } | { lines: CheckLine[] }> {
  const { total, lines } = body;
  if (lines !== undefined) return total === undefined ? succeed({ lines: lines.map(toLine) }) : wrongField('total');
  return total === undefined ? wrongField('total') : succeed({ total: BigInt(total) });
}

export function readQuote(body: QuoteBody): Result<QuoteWish> {
  const basket = basketOf(body);
  if (!basket.ok) return basket;
  const { accountId, spend, discount, holdKey, context, coupons } = body;
  const offers = { coupons, certificate: certificateOf(body) };
  const place = { venueCode: context?.venue, channel: context?.channel ?? 'api' };
  return succeed({
    accountId,
    spend: big(spend),
    deposit: depositOf(body),
    discount: big(discount),
    holdKey,
    ...place,
    ...offers,
    ...basket.value,
  });
}

export function readCheckBody(body: CheckBody): Result<Sale> {
  const basket = saleBasketOf(body);
  if (!basket.ok) return basket;
  const occurredAt = readInstant(body.occurredAt);
  if (occurredAt === null) return wrongField('occurredAt');
  const { externalId, accountId, spend = 0, accrual, discount, holdKey, context, number, lines } = body;
  const names = (lines ?? []).flatMap(({ id, name }) => (name ? [[id, name] as const] : []));
  return succeed({
    source: 'api',
    externalId,
    accountId,
    spend: BigInt(spend),
    deposit: depositOf(body),
    accrual: big(accrual),
    discount: big(discount),
    holdKey,
    venueCode: context?.venue,
    channel: context?.channel,
    occurredAt,
    number,
    fiscalQr: body.fiscalQr,
    coupons: body.coupons,
    certificate: certificateOf(body),
    lineNames: names.length > 0 ? Object.fromEntries(names) : undefined,
    ...basket.value,
  });
}

type SaleBasket =
  | { mode: 'reported'; money: bigint; lines?: CheckLine[] | undefined }
  | { mode: 'priced'; total: bigint }
  | { mode: 'priced'; lines: CheckLine[] };

function saleBasketOf({ money, total, lines }: CheckBody): Result<SaleBasket> {
  if (money !== undefined) {
    if (total !== undefined) return wrongField('total');
    return succeed({ mode: 'reported', money: BigInt(money), lines: lines?.map(toLine) });
  }
  const basket = basketOf({ total, lines });
  return basket.ok ? succeed({ mode: 'priced', ...basket.value }) : basket;
}

/** null for what reads like an instant and is none, such as the 31st of February. */
function readInstant(text: string | undefined): Temporal.Instant | undefined | null {
  if (text === undefined) return undefined;
  try {
    return Temporal.Instant.from(text);
  } catch {
    return null;
  }
}

export function readReturn({ lines, amount }: ReturnBody): Result<ReturnWish> {
  if (lines !== undefined && amount !== undefined) return wrongField('amount');
  const wanted: ReturnLine[] = [];
  for (const line of lines ?? []) {
    const { id, quantityThousandths } = line;
    if ((quantityThousandths === undefined) === (line.amount === undefined)) return wrongField('lines');
    wanted.push(quantityThousandths === undefined ? { id, amount: BigInt(line.amount!) } : { id, quantityThousandths });
  }
  return succeed({ lines: lines === undefined ? undefined : wanted, amount: big(amount) });
}

/** A quote as it is told. */
export const describeQuote = (quoted: SaleQuote, t: Translate): QuoteAnswer => ({
  available: Number(quoted.available),
  maxSpend: Number(quoted.maxSpend),
  maxSpendReason: quoted.maxSpendReason,
  missingToMinimum: Number(quoted.missingToMinimum),
  spend: Number(quoted.spend),
  discount: Number(quoted.discount),
  money: Number(quoted.money),
  deposit: Number(quoted.deposit),
  deposits: describeDeposits(quoted.deposits),
  cards: describeCards(quoted.cards),
  rewards: describeRewards(quoted.rewards),
  earn: Number(quoted.earn),
  lines: quoted.lines.map(({ id, amount, money, paidByPoints, earned }) => ({
    id,
    amount: Number(amount),
    money: Number(money),
    paidByPoints: Number(paidByPoints),
    earned: Number(earned),
  })),
  rules: quoted.trace.map(({ ruleId, points, reason }) => ({ ruleId, points: Number(points), reason })),
  cuts: [...quoted.cuts],
  coupons: (quoted.offers?.named ?? []).map(({ code, discount, refusal }) => ({
    code,
    discount: Number(discount),
    refusal: refusal && { code: refusal.code, message: t(`errors:${refusal.code}`, refusal.params) },
  })),
  certificate: describeCertificate(quoted.offers?.certificate ?? null),
  level: { id: quoted.level.id, name: quoted.level.name },
  nextLevel: quoted.nextLevel && { id: quoted.nextLevel.level.id, name: quoted.nextLevel.level.name },
});

const describeCertificate = (certificate: { code: string; pays: bigint; balance: bigint } | null) =>
  certificate && { code: certificate.code, pays: Number(certificate.pays), balance: Number(certificate.balance) };

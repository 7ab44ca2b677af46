import type { TillGuest, TillRecent, TillReturnPart, TillSaleDetail } from '@tessera/contract';

type Sale = TillRecent['items'][number];

/** Beginnings of names, as the server finds them. */
export const named = (people: readonly TillGuest[], name: string) => {
  const words = name.toLowerCase().split(/\s+/);
  const items = people
    .filter((one) =>
      words.every((word) =>
        one.name
          .toLowerCase()
          .split(' ')
          .some((part) => part.startsWith(word)),
      ),
    )
    .map(({ accountId, name: full, phoneHint, level, blocked }) => ({
      accountId,
      name: full,
      phoneHint,
      level,
      blocked,
    }));
  return { items: items.slice(0, 10), more: items.length > 4 };
};

/** A sale in two lines, as if it had been entered so. */
export function detailOf(sale: Sale, english: boolean): TillSaleDetail {
  const first = Math.round((sale.amount * 0.4) / 2) * 2;
  const line = (id: string, name: string, amount: number, pieces: number) => ({
    id,
    name,
    amount,
    quantityThousandths: pieces * 1000,
    money: amount,
    paidByPoints: 0,
    left: { quantityThousandths: pieces * 1000, money: amount, paidByPoints: 0 },
  });
  const lines = [
    line('1', english ? 'Latte with oat milk' : 'Латте на овсяном молоке', first, 2),
    line('2', english ? 'Honey cake' : 'Медовик', sale.amount - first, 1),
  ];
  const { checkId, number, name, occurredAt, status, spent, accrued } = sale;
  const money = sale.amount - spent;
  const whole = [line('total', '', sale.amount, 1)];
  return {
    checkId,
    number,
    name,
    occurredAt,
    status,
    money,
    spent,
    accrued,
    left: money,
    lines: checkId % 2 ? lines : whole,
  };
}

export function returnOf(
  sale: Sale,
  body: { lines?: { id: string; quantityThousandths: number }[]; amount?: number },
  balance: number,
): TillReturnPart {
  const detail = detailOf(sale, false);
  const byLines = (body.lines ?? []).reduce((sum, { id, quantityThousandths }) => {
    const line = detail.lines.find((one) => one.id === id);
    return sum + (line ? Math.round((line.amount * quantityThousandths) / line.quantityThousandths) : 0);
  }, 0);
  const back = body.amount ?? (byLines || sale.amount);
  const share = back / sale.amount;
  const pointsBack = Math.round(sale.spent * share);
  const clawedBack = Math.round(sale.accrued * share);
  return {
    checkId: sale.checkId,
    moneyBack: back - pointsBack,
    ...(share === 1 ? { couponsBack: 1 } : {}),
    depositBack: 0,
    cards: [{ wallet: 'coffee', takenBack: 1, stamps: 4, debt: 0 }],
    rewardsWithdrawn: 0,
    pointsBack,
    clawedBack,
    balance: Math.max(0, balance + pointsBack - clawedBack),
    debt: 0,
    whole: share === 1,
  };
}

/** A square that looks like a code from afar. */
export const qr =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h3v3H0zM6 0h3v3H6zM0 6h3v3H0zM4 1h1v2H4zM4 4h3v1H4zM1 4h2v1H1zM6 6h1v3H6zM8 7h1v2H8zM4 7h1v2H4z"/></svg>';

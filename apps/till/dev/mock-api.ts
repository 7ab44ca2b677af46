import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorBody, TillGuest, TillQuoteAnswer, TillSale, TillSaleAnswer } from '@tessera/contract';
import type { Plugin } from 'vite';
import { guests, recentSales, session } from './fixtures.ts';
import { detailOf, named, qr, returnOf } from './mock-counter.ts';
import { codeAnswer, ownCoupons, withCodes } from './mock-coupons.ts';

/**
 * The till's routes for development, in memory, with the answers of the contract. Some sums misbehave on purpose:
 * 404,04 books the sale but breaks the line before answering, once; 500 the same with «in progress» in between;
 * 409 is refused when booked; 503 makes the quote fail. The password «wrong» is wrong.
 */
export function mockApi(): Plugin {
  return {
    name: 'till-mock-api',
    configureServer(server) {
      const answer = mock(Date.now());
      server.middlewares.use('/api/v1', (request, response) => void answer(request, response));
    },
  };
}

interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly cookie?: string;
  readonly hangUp?: boolean;
}

const SPEND_SHARE_PERCENT = 50;

function mock(nowMs: number) {
  const people = guests(nowMs);
  const sales = recentSales(nowMs);
  const answered = new Map<string, TillSaleAnswer>();
  const broken = new Set<string>();
  let signedIn = false;

  const byId = (accountId: number): TillGuest | undefined => people.find((one) => one.accountId === accountId);

  function book(sale: TillSale, english: boolean): Reply {
    const before = answered.get(sale.operationKey);
    if (before !== undefined) return { status: 201, body: before };
    const guest = byId(sale.accountId);
    if (guest === undefined) return refuse(404, 'account_not_found', english);
    if (sale.amount === 40_900) return refuse(409, 'insufficient_points', english);
    const quote = withCodes(quoteFor(guest, sale.amount, sale.spend, english), sale.amount, sale, english);
    guest.balance += quote.earn - quote.spend;
    const checkId = 910 + answered.size;
    const answer = {
      checkId,
      amount: sale.amount,
      spent: quote.spend,
      ...(quote.discount ? { discount: quote.discount } : {}),
      ...(quote.certificate
        ? {
            certificate: {
              code: quote.certificate.code,
              paid: quote.certificate.pays,
              left: quote.certificate.balance - quote.certificate.pays,
            },
          }
        : {}),
      toPay: quote.toPay,
      accrued: quote.earn,
      cards: quote.cards,
      rewards: quote.rewards,
      balance: guest.balance,
      level: guest.level,
      levelReached: sale.amount >= 500_000 ? 'Золотая ложка' : null,
    };
    answered.set(sale.operationKey, answer);
    sales.unshift({
      checkId,
      accountId: guest.accountId,
      name: guest.name,
      amount: sale.amount,
      spent: quote.spend,
      accrued: quote.earn,
      number: String(checkId),
      occurredAt: new Date().toISOString(),
      status: 'sold',
    });
    if (sale.amount === 40_404 && !broken.has(sale.operationKey)) {
      broken.add(sale.operationKey);
      return { status: 0, hangUp: true };
    }
    return { status: 201, body: answer };
  }

  function stamp(guest: TillGuest | undefined, english: boolean): Reply {
    const card = guest?.wallets.find((wallet) => wallet.kind === 'stamps');
    if (guest === undefined || card === undefined) return refuse(404, 'account_not_found', english);
    const full = card.stamps + 1 === card.slots;
    card.stamps = full ? 0 : card.stamps + 1;
    const rewards = full ? stampsFor(guest).rewards : [];
    const { id: wallet, name, slots, stamps } = card;
    return { status: 200, body: { accountId: guest.accountId, wallet, name, slots, stamps, rewards } };
  }

  function route(
    method: string,
    path: string,
    body: Record<string, unknown>,
    { english, number }: { english: boolean; number: string },
  ): Reply {
    if (path === '/session' && method === 'POST') {
      if (body.password === 'wrong') return refuse(401, 'wrong_credentials', english);
      signedIn = true;
      return { status: 200, body: session, cookie: 'mock-session=1; Path=/; HttpOnly; SameSite=Lax' };
    }
    if (path === '/station') return { status: 200, body: { station: null } };
    if (!signedIn) return refuse(401, 'unauthorized', english);
    if (path === '/session') {
      if (method === 'DELETE') signedIn = false;
      return method === 'DELETE' ? { status: 204 } : { status: 200, body: session };
    }
    if (path === '/till/find') {
      const query = String(body.query);
      const digits = query.replace(/\D/g, '').slice(-10);
      const guest = people.find((one) => one.finds.includes(query) || one.finds.includes(digits));
      if (guest === undefined) return refuse(404, 'account_not_found', english);
      return { status: 200, body: withoutFinds(guest) };
    }
    if (path === '/till/search') return { status: 200, body: named(people, String(body.name)) };
    const shown = /^\/till\/guests\/(\d+)$/.exec(path);
    if (shown !== null) return { status: 200, body: withoutFinds(byId(Number(shown[1]))) };
    if (path === '/till/visits') {
      return { status: 200, body: { accountId: body.accountId, visits: 12, level: 'Гость', levelReached: null } };
    }
    if (path === '/till/stamps') return stamp(byId(Number(body.accountId)), english);
    if (path === '/till/forms') {
      return {
        status: 200,
        body: { items: [{ address: 'https://cards.example.com/n/smorodina', programme: 'Баллы', qr }] },
      };
    }
    if (path === '/till/cards') {
      const card = { number: body.number, accountId: 102, name: 'Борис', level: 'Гость', balance: 0 };
      return { status: 200, body: { ...card, opened: true, already: false } };
    }
    const looked = /^\/till\/sales\/(\d+)(?:\/(return-preview|returns))?$/.exec(path);
    const sale = looked === null ? undefined : sales.find((one) => one.checkId === Number(looked[1]));
    if (sale !== undefined) {
      if (looked?.[2] === undefined) return { status: 200, body: detailOf(sale, english) };
      const answer = returnOf(sale, body, byId(sale.accountId)?.balance ?? 0);
      if (looked[2] === 'returns') {
        sales[sales.indexOf(sale)] = { ...sale, status: answer.whole ? 'returned' : 'partly_returned' };
      }
      return { status: 200, body: answer };
    }
    if (path === '/till/quote') {
      const guest = byId(Number(body.accountId));
      if (guest === undefined) return refuse(404, 'account_not_found', english);
      if (body.amount === 50_300) return refuse(503, 'internal', english);
      const quoted = quoteFor(guest, Number(body.amount), Number(body.spend ?? 0), english);
      const answer = withCodes(quoted, Number(body.amount), body, english);
      const { amount: paid = 0 } = (body.deposit ?? {}) as { amount?: number };
      return { status: 200, body: { ...answer, toPay: answer.toPay - paid } };
    }
    if (/^\/till\/guests\/\d+\/coupons$/.test(path)) return { status: 200, body: { items: ownCoupons(path, english) } };
    if (path === '/till/code') {
      const answer = codeAnswer(String(body.code), english);
      return answer === null ? refuse(404, 'coupon_unknown', english) : { status: 200, body: answer };
    }
    if (path === '/till/redeem') {
      return { status: 200, body: { name: 'Билет на мастер-класс', effect: 'ticket', usesLeft: 2, points: 0 } };
    }
    if (path === '/till/sales' && method === 'POST') return book(body as unknown as TillSale, english);
    if (path === '/till/sales') {
      const items = number === '' ? sales.slice(0, 20) : sales.filter((one) => one.number === number);
      return { status: 200, body: { items } };
    }
    return refuse(404, 'not_found', english);
  }

  return async (request: IncomingMessage, response: ServerResponse) => {
    const body = await readBody(request);
    const english = (request.headers['accept-language'] ?? '').startsWith('en');
    const url = new URL(request.url ?? '/', 'http://till');
    const asked = { english, number: url.searchParams.get('number') ?? '' };
    const reply = route(request.method ?? 'GET', url.pathname, body, asked);
    await new Promise((resolve) => setTimeout(resolve, 120));
    if (reply.hangUp === true) {
      // Begun and broken off: a connection closed before any byte is repeated by browsers behind the page's back.
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': '400' });
      response.write('{');
      setTimeout(() => request.socket.destroy(), 50);
      return;
    }
    response.writeHead(reply.status, {
      'content-type': 'application/json',
      ...(reply.cookie === undefined ? {} : { 'set-cookie': reply.cookie }),
    });
    response.end(reply.body === undefined ? '' : JSON.stringify(reply.body));
  };
}

function quoteFor(guest: TillGuest, amount: number, spendWanted: number, english: boolean): TillQuoteAnswer {
  const share = Math.floor((amount * SPEND_SHARE_PERCENT) / 100);
  const spendMax = Math.min(guest.balance, share);
  const spend = Math.min(spendWanted, spendMax);
  const discount = Math.floor((amount * (guest.discount?.basisPoints ?? 0)) / 10_000);
  const toPay = amount - discount - spend;
  const earn = Math.floor((toPay * guest.rateBasisPoints) / 10_000);
  const nearly = english
    ? 'Add ₽150 and the guest reaches Silver.'
    : 'Добавьте 150 ₽, и гость получит уровень «Серебро».';
  const limited = english
    ? 'Up to half of the check can be paid with points.'
    : 'Баллами можно оплатить до половины чека.';
  return {
    spendMax,
    spend,
    toPay,
    earn,
    ...(discount > 0 ? { discount } : {}),
    deposits: guest.wallets.flatMap((wallet) =>
      wallet.kind === 'deposit'
        ? [
            {
              wallet: wallet.id,
              name: wallet.name,
              available: wallet.available,
              most: Math.min(wallet.available, toPay),
            },
          ]
        : [],
    ),
    ...stampsFor(guest),
    reasons: share < guest.balance ? [{ code: 'over_spend_limit', message: limited }] : [],
    hints: amount >= 100_000 ? [{ code: 'level', message: nearly }] : [],
  };
}

/** One stamp for a check; the sixth brings a coffee and the card begins anew. */
function stampsFor({ wallets }: TillGuest): Pick<TillQuoteAnswer, 'cards' | 'rewards'> {
  const card = wallets.find((wallet) => wallet.kind === 'stamps');
  if (card === undefined) return { cards: [], rewards: [] };
  const full = card.stamps + 1 === card.slots;
  const after = { wallet: card.id, name: card.name, slots: card.slots, given: 1, stamps: full ? 0 : card.stamps + 1 };
  const reward = { wallet: card.id, milestone: card.slots, name: 'Кофе в подарок', couponKindId: 1, points: 0 };
  return { cards: [after], rewards: full ? [reward] : [] };
}

/** A guest as the server tells him. */
function withoutFinds(guest: TillGuest | undefined): unknown {
  return guest === undefined ? undefined : { ...guest, finds: undefined };
}

const sentences: Record<string, readonly [string, string]> = {
  unauthorized: ['Войдите снова.', 'Sign in again.'],
  wrong_credentials: [
    'Почта или пароль не подошли. Проверьте раскладку и попробуйте снова.',
    'The email or the password does not match. Check the keyboard layout and try again.',
  ],
  account_not_found: ['Гостя с таким номером или картой нет.', 'No guest has this phone or card.'],
  insufficient_points: [
    'Баллов не хватает: на карте 120, нужно 150. Спишите 120 или начислите за весь чек.',
    'Not enough points: 120 on the card, 150 needed. Spend 120, or earn on the whole check.',
  ],
  coupon_unknown: [
    'Такого купона нет. Проверьте код: буквы и цифры, без пробелов.',
    'There is no such coupon. Check the code: letters and digits, no spaces.',
  ],
  check_not_found: ['Такой продажи нет.', 'There is no such sale.'],
  internal: ['На сервере сбой.', 'Something failed on the server.'],
  not_found: ['Такого адреса нет.', 'There is no such address.'],
};

function refuse(status: number, code: string, english: boolean): Reply {
  const [russian, other] = sentences[code] ?? ['Не получилось.', 'It did not work.'];
  const body: ErrorBody = { error: { code, message: english ? other : russian, retryable: status >= 500 } };
  return { status, body };
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

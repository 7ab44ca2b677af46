import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGroup, createProgramme, replayAccounts } from '../../../src/features/loyalty/index.ts';
import { addPermanentToken, addUser } from '../../../src/features/staff/index.ts';
import { createCompany } from '../../../src/features/tenancy/index.ts';
import type { Tenant } from '../../../src/platform/database/index.ts';
import { startTestServer, type TestServer } from '../../server.ts';
import { type Answer, call } from '../calls.ts';
import { Guest, type Item, type Programme, type Sold, type Wish } from './model.ts';

// 400 days of a programme over the real HTTP API with a clock that is moved, beside a small model that was written from
// the domain model alone. Every answer and every account must agree. SIMULATION_SEED plays another history.

const SEED = Number(process.env.SIMULATION_SEED ?? 20_261_122);
const DAYS = Number(process.env.SIMULATION_DAYS ?? 400);
const GUESTS = Number(process.env.SIMULATION_GUESTS ?? 24);
const TOKEN = 'permanent-token-of-the-simulation';

const programme: Programme = {
  timeZone: 'Europe/Berlin',
  levels: [
    { id: 'base', from: 0, rate: 300 },
    { id: 'silver', from: 150_000, rate: 500 },
    { id: 'gold', from: 400_000, rate: 725 },
  ],
  delayDays: 3,
  termMonths: 2,
  graceDays: 30,
  maxPercent: 50,
  minMoney: 100,
  welcome: { amount: 10_000, days: 30 },
};

/** The same programme as the server reads it. */
const rules = {
  timeZone: programme.timeZone,
  levels: programme.levels.map(({ id, from, rate }) => ({ id, name: id, fromTurnover: from, rateBasisPoints: rate })),
  activationDelay: { kind: 'days', days: programme.delayDays },
  expiry: { kind: 'period', length: programme.termMonths, unit: 'months' },
  returnPolicy: { expiredLot: { kind: 'grace', days: programme.graceDays } },
  spendLimits: { maxPercentBasisPoints: programme.maxPercent * 100, minMoney: programme.minMoney },
  welcome: { amount: programme.welcome.amount, lifetimeDays: programme.welcome.days },
};

/** Mulberry32: small, and the same everywhere. */
function randomOf(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    chance: (share: number) => next() < share,
    /** A whole number from `least` to `most`. */
    whole: (least: number, most: number) => least + Math.floor(next() * (most - least + 1)),
    one: <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)],
  };
}
type Random = ReturnType<typeof randomOf>;
/** Decides when something happens and to whom; each guest has dice of his own, so that guests may act at once. */
const chance = randomOf(SEED);

type Sale = { checkId: number; sold: Sold; byMoney: boolean };
type Member = {
  accountId: number;
  guest: Guest;
  sales: Sale[];
  holds: string[];
  random: Random;
  nextKey: () => string;
};

let server: TestServer;
let tenant: Tenant;
const told: string[] = [];
const members: Member[] = [];

const post = (path: string, body: unknown): Promise<Answer> =>
  call(server, { path, body, headers: { authorization: `Bearer ${TOKEN}` } });

beforeAll(async () => {
  server = await startTestServer();
  const { platform } = server.running.app;
  const place = { language: 'en', currency: 'EUR', timeZone: programme.timeZone, country: 'DE' } as const;
  tenant = await createCompany(platform, { name: 'Simulation', ...place, demo: false });
  // Jobs go through the companies that somebody can sign in to.
  await addUser(platform, tenant, { email: 'sim@example.com', name: 'Sim', role: 'owner', password: 'long enough' });
  await addPermanentToken(platform, tenant, 'simulation', TOKEN);
  const programmeId = await createProgramme(platform, tenant, { name: 'Points', kind: 1, rules });
  await createGroup(tenant, { groupId: 1, programmeId, name: 'All', template: { welcome: true } });
}, 60_000);
afterAll(() => server?.stop());

/** Moves the server's clock to an instant of ours; it runs on by the milliseconds that the calls take. */
function moveTo(at: number): void {
  const ahead = at - server.clock.now().epochMilliseconds;
  if (ahead < 0) throw new Error('The calls took longer than the time between them.');
  server.clock.advance({ milliseconds: ahead });
}

async function join(at: number): Promise<void> {
  const phone = `+4915${String(100_000_000 + members.length)}`;
  const opened = await post('/api/v0/accounts/insert_by_template', { accountGroupId: 1, phone });
  expect(opened.status, opened.text).toBe(200);
  const accountId = Number(opened.body.accountId);
  let keys = 0;
  const nextKey = () => {
    keys += 1;
    return `sim-${accountId}-${keys}`;
  };
  const random = randomOf(SEED + members.length + 1);
  members.push({ accountId, guest: new Guest(programme, at), sales: [], holds: [], random, nextKey });
}

/** What both sides made of one wish: the same numbers, or the same refusal. */
function expectSame(answer: Answer, model: object, what: string): void {
  const error = answer.body.error as { code: string } | undefined;
  if ('refused' in model) expect(error?.code, `${what}: ${answer.text}`).toBe(model.refused);
  else expect(answer.body, what).toMatchObject(model);
}

/** Sends, and now and then sends again: the same answer, byte for byte. */
async function send({ random }: Member, path: string, body: object): Promise<Answer> {
  const again = random.chance(0.08);
  const first = await post(path, body);
  if (again && first.status === 200) {
    const second = await post(path, body);
    expect(second.text, path).toBe(first.text);
  }
  return first;
}

function basket(random: Random): Item[] {
  const size = random.whole(1, 4);
  return Array.from({ length: size }, (_, index) => ({
    id: `line-${index + 1}`,
    price: random.whole(100, 12_000),
    pieces: random.one([1_000, 1_000, 2_000, 3_000, 500, 1_333])!,
  }));
}
const linesOf = (items: readonly Item[]) =>
  items.map(({ id, price, pieces }) => ({ id, amount: price, quantityThousandths: pieces }));

async function sell(member: Member, at: number): Promise<void> {
  const { accountId, guest, sales, holds, random, nextKey } = member;
  const items = basket(random);
  const holdKey = random.chance(0.3) ? random.one(holds) : undefined;
  const most = guest.most(items, holdKey);
  const asksTooMuch = random.chance(0.08);
  const spend = asksTooMuch ? most + random.whole(1, 5_000) : random.chance(0.6) ? random.whole(0, most) : 0;
  const late = random.chance(0.06);
  const soldAt = late ? at - random.whole(1, 5) * 86_400_000 : at;
  const quoteFirst = random.chance(0.2);
  const wish = { accountId, lines: linesOf(items), spend, ...(holdKey === undefined ? {} : { holdKey }) };
  const quoted = quoteFirst ? await post('/api/v1/quotes', wish) : null;
  const model = guest.sell(items, spend, { soldAt, ...(holdKey === undefined ? {} : { holdKey }) });
  if (quoted) {
    const expected = 'refused' in model ? model : { maxSpend: most, money: model.money, earn: model.earned };
    expectSame(quoted, expected, 'quote');
  }
  const occurredAt = Temporal.Instant.fromEpochMilliseconds(soldAt).toString();
  const body = { externalId: nextKey(), ...wish, ...(late ? { occurredAt } : {}) };
  const answer = await send(member, '/api/v1/checks', body);
  if ('refused' in model) return expectSame(answer, model, 'check');
  const { money, spent, earned } = model;
  expectSame(answer, { money, spent, accrued: earned, balance: guest.available, level: levelOf(guest) }, 'check');
  if (holdKey !== undefined) holds.splice(holds.indexOf(holdKey), 1);
  sales.push({ checkId: Number(answer.body.checkId), sold: model, byMoney: random.chance(0.4) });
}

const levelOf = (guest: Guest): string => programme.levels[guest.level]!.id;

async function takeBack(member: Member): Promise<void> {
  const { guest, sales, random, nextKey } = member;
  const sale = random.one(sales.slice(-6));
  if (!sale) return;
  const wish = returnWish(sale, random);
  const model = guest.takeBack(sale.sold, wish);
  const { lines, amount } = wish;
  const body = {
    returnKey: nextKey(),
    ...(lines ? { lines: lines.map(({ id, pieces }) => ({ id, quantityThousandths: pieces })) } : {}),
    ...(amount === undefined ? {} : { amount }),
  };
  const answer = await send(member, `/api/v1/checks/${sale.checkId}/returns`, body);
  if ('refused' in model) return expectSame(answer, model, 'return');
  const facts = { moneyBack: model.money, pointsBack: model.points, clawedBack: model.clawed };
  expectSame(answer, { ...facts, balance: guest.available, debt: guest.debt, level: levelOf(guest) }, 'return');
}

function returnWish({ sold, byMoney }: Sale, random: Random): Wish {
  if (random.chance(0.3)) return {};
  if (byMoney) {
    const left = sold.lines.reduce((sum, { money, gone }) => sum + money - gone.money, 0);
    return { amount: random.chance(0.1) ? left + random.whole(1, 500) : random.whole(1, Math.max(1, left)) };
  }
  const line = random.one(sold.lines)!;
  const left = line.pieces - line.gone.pieces;
  if (random.chance(0.05)) return { lines: [{ id: 'nobody-sold-this', pieces: 1 }] };
  const pieces = random.chance(0.1) ? left + random.whole(1, 500) : random.whole(1, Math.max(1, left));
  return { lines: [{ id: line.id, pieces }] };
}

async function adjust(member: Member): Promise<void> {
  const { accountId, guest, random, nextKey } = member;
  const kind = random.one(['refill', 'refill', 'refill', 'deduct', 'deduct', 'block'] as const)!;
  const path = `/api/v1/accounts/${accountId}/operations`;
  const externalId = nextKey();
  if (kind === 'block') {
    guest.blocked = guest.blocked ? false : random.chance(0.3);
    await send(member, path, { externalId, kind: guest.blocked ? 'block' : 'unblock' });
    return;
  }
  const amount = random.whole(1, 4_000);
  const lifetimeDays = random.one([undefined, null, 1, 10, 45]);
  const allowDebt = random.chance(0.3);
  const refused = kind === 'refill' ? guest.refill(amount, lifetimeDays) : guest.deduct(amount, allowDebt);
  const extra = kind === 'refill' ? (lifetimeDays === undefined ? {} : { lifetimeDays }) : { allowDebt };
  const answer = await send(member, path, { externalId, kind, amount, ...extra });
  expectSame(answer, refused ?? { available: guest.available, debt: guest.debt }, kind);
}

async function holdOrRelease(member: Member): Promise<void> {
  const { accountId, guest, holds, random, nextKey } = member;
  const path = `/api/v1/accounts/${accountId}/holds`;
  const open = random.chance(0.4) ? random.one(holds) : undefined;
  if (open !== undefined) {
    const model = guest.release(open);
    expectSame(await send(member, `${path}/${open}/release`, {}), model, 'release');
    holds.splice(holds.indexOf(open), 1);
    return;
  }
  const key = nextKey();
  const amount = random.whole(1, Math.max(1, Math.round(guest.available * 1.1)));
  // Half a minute beside the grid of the calls, so that no call meets the very end of a hold.
  const ttlSeconds = random.whole(1, 60 * 24 * 4) * 60 + 30;
  const refused = guest.hold(key, amount, ttlSeconds);
  expectSame(
    await send(member, path, { key, amount, ttlSeconds }),
    refused ?? { available: guest.available, held: guest.held },
    'hold',
  );
  if (!refused) holds.push(key);
}

/** The whole account: sums, level, turnover, and every lot by its end. */
async function compare({ accountId, guest }: Member): Promise<void> {
  const answer = await call(server, { path: `/api/v1/accounts/${accountId}`, headers: { 'x-api-token': TOKEN } });
  expect(answer.status, answer.text).toBe(200);
  const body = answer.body as {
    balance: object;
    level: { id: string };
    turnover: number;
    blocked: boolean;
    lots: { remaining: number; expiresAt: string | null; status: string }[];
  };
  const heap = new Map<string, number>();
  for (const { remaining, expiresAt, status } of body.lots) {
    const until = expiresAt === null ? 'never' : Temporal.Instant.from(expiresAt).epochMilliseconds;
    heap.set(`${until} ${status}`, (heap.get(`${until} ${status}`) ?? 0) + remaining);
  }
  const { available, pending, held, debt, turnover, blocked } = guest;
  expect({
    balance: body.balance,
    level: body.level.id,
    turnover: body.turnover,
    blocked: body.blocked,
    lots: Object.fromEntries(heap),
  }).toEqual({
    balance: { available, pending, held, debt },
    level: levelOf(guest),
    turnover,
    blocked,
    lots: Object.fromEntries(guest.heap()),
  });
}

async function act(member: Member, at: number): Promise<void> {
  const { random } = member;
  member.guest.walkTo(at);
  const what = random.whole(1, 100);
  if (what <= 52) await sell(member, at);
  else if (what <= 72) await takeBack(member);
  else if (what <= 84) await adjust(member);
  else await holdOrRelease(member);
  if (random.chance(0.25)) await compare(member);
}

/** Instants of a day at which something happens, on whole minutes: by day, and close to midnight. */
function minutesOf(day: Temporal.PlainDate): number[] {
  const count = chance.whole(1, 3);
  const minutes = Array.from({ length: count }, () =>
    chance.chance(0.15) ? chance.one([1, 3, 1_437])! : chance.whole(6 * 60, 23 * 60),
  );
  const start = day.toZonedDateTime(programme.timeZone);
  const instants = minutes.map((minute) => start.add({ minutes: minute }).epochMilliseconds);
  return [...new Set(instants)].sort((a, b) => a - b);
}

async function play(): Promise<number> {
  let operations = 0;
  const first = server.clock.now().toZonedDateTimeISO(programme.timeZone).toPlainDate().add({ days: 1 });
  for (let number = 0; number < DAYS; number++) {
    const day = first.add({ days: number });
    for (const at of minutesOf(day)) {
      moveTo(at);
      if (members.length < GUESTS) await join(at);
      const acting = new Set(Array.from({ length: 4 }, () => chance.one(members)!));
      told.push(`${day} accounts ${[...acting].map(({ accountId }) => accountId).join(' ')}`);
      await Promise.all([...acting].map((member) => act(member, at)));
      operations += acting.size;
    }
    // Now and then the jobs run, late and for everybody at once.
    if (chance.chance(0.04)) await server.running.app.jobs.runEveryMinute();
  }
  const end = server.clock.now().epochMilliseconds;
  for (const member of members) {
    member.guest.walkTo(end);
    await compare(member);
  }
  return operations;
}

test(`400 days over HTTP agree with an independent model (seed ${SEED})`, { timeout: 300_000 }, async () => {
  try {
    const operations = await play();
    expect(operations).toBeGreaterThan(DAYS * 2);
    expect(await replayAccounts(tenant)).toMatchObject({ accounts: members.length, differences: 0 });
  } catch (error) {
    process.stderr.write(`SIMULATION_SEED=${SEED}, last: ${told.slice(-3).join('; ')}\n`);
    throw error;
  }
});

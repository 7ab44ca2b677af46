import { afterAll, beforeAll, expect, test } from 'vitest';
import { OWNER, startTestServer, type TestServer } from '../server.ts';
import { type Answer, call, registerCheck, registerGuest, signIn } from './calls.ts';

// What an owner does around the rules of earning, told over HTTP: a budget, tags, a birthday, a trial on past checks, what is owed.

let server: TestServer;
let owner: Record<string, string>;
let cashier: Record<string, string>;
let guest: { accountId: number; guestId: number };
let programmeId: number;

beforeAll(async () => {
  server = await startTestServer();
  owner = await signIn(server, OWNER);
  cashier = await signIn(server, server.cashier);
  const { accountId } = await registerGuest(server);
  const rows = await server.query<{ guest_id: string }>('select guest_id from accounts where account_id = $1', [
    accountId,
  ]);
  guest = { accountId, guestId: Number(rows[0]!.guest_id) };
  const programmes = await ask('GET', '/programmes');
  programmeId = (programmes.body.items as { programmeId: number }[])[0]!.programmeId;
});
afterAll(() => server?.stop());

const ask = (method: string, path: string, body?: unknown, headers = owner): Promise<Answer> =>
  call(server, { method, path: `/api/v1${path}`, body, headers });

test('the till hears what a little more would bring, in its own language', async () => {
  const hintsIn = async (language: string) => {
    const body = { accountId: guest.accountId, amount: 990_000 };
    const headers = { ...cashier, 'accept-language': language };
    const quoted = await ask('POST', '/till/quote', body, headers);
    return (quoted.body.hints as { message: string }[]).map(({ message }) => message.replace(/[\u00a0\u202f]/g, ' '));
  };
  expect(await hintsIn('ru')).toEqual(['Добавьте 100 ₽, и гость получит уровень «Серебро».']);
  expect(await hintsIn('en')).toEqual(['Add ₽100 and the guest reaches Серебро.']);
});

test('a budget is made, changed and listed; a programme that is none has none', async () => {
  const at = `/programmes/${programmeId}/budgets`;
  const made = await ask('PUT', `${at}/spring`, { name: 'Весна', amount: 100_000 });
  expect(made).toMatchObject({ status: 200, body: { budgetId: 'spring', amount: 100_000, used: 0 } });
  await ask('PUT', `${at}/spring`, { name: 'Весна', amount: 200_000 });
  expect((await ask('GET', at)).body.items).toMatchObject([{ budgetId: 'spring', name: 'Весна', amount: 200_000 }]);
  expect((await ask('PUT', '/programmes/99999/budgets/spring', { name: 'x', amount: 1 })).status).toBe(404);
  expect((await ask('PUT', `${at}/spring`, { name: 'x', amount: 1 }, cashier)).status).toBe(403);
});

test('a guest gets tags and a birthday; the name of a group is no tag', async () => {
  const at = `/guests/${guest.guestId}`;
  expect((await ask('PUT', `${at}/tags`, { tags: ['vip', 'сосед'] })).body).toEqual({ tags: ['vip', 'сосед'] });
  expect((await ask('GET', `${at}/tags`)).body).toEqual({ tags: ['vip', 'сосед'] });
  expect((await ask('PUT', `${at}/tags`, { tags: ['group:1'] })).status).toBe(400);
  expect((await ask('PUT', `${at}/birthday`, { birthday: '1990-02-29' })).status).toBe(400);
  expect((await ask('PUT', `${at}/birthday`, { birthday: '1990-02-28' })).body).toEqual({ birthday: '1990-02-28' });
  expect((await ask('PUT', '/guests/999999/birthday', { birthday: null })).status).toBe(404);
});

test('rules are tried on the checks of a period in the background, and the live ones differ in nothing', async () => {
  expect((await registerCheck(server, guest.accountId, 100_000)).status).toBe(200);
  const today = server.clock.now().toZonedDateTimeISO('Europe/Moscow').toPlainDate();
  const period = { from: today.subtract({ days: 1 }).toString(), to: today.toString() };
  const at = `/programmes/${programmeId}/simulations`;
  const asked = await ask('POST', at, period);
  expect(asked).toMatchObject({ status: 202, body: { status: 'waiting', report: null } });
  await server.quiet();
  const done = await ask('GET', `${at}/${asked.body.simulationId}`);
  const report = done.body.report as { checks: number; delta: number; selfCheck: { different: number } };
  expect(done.body.status).toBe('done');
  expect([report.delta, report.selfCheck.different, report.checks > 0]).toEqual([0, 0, true]);
  expect((await ask('GET', at)).body.items).toHaveLength(1);
  expect((await ask('POST', at, { from: period.to, to: period.from })).status).toBe(400);
  const owed = await ask('GET', `/reports/liability?programmeId=${programmeId}&from=${period.from}&to=${period.to}`);
  expect((owed.body.total as { closing: number }).closing).toBe(owed.body.outstanding);
});

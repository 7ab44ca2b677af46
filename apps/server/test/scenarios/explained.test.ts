import { randomUUID } from 'node:crypto';
import type { EntryStory } from '@tessera/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OWNER, startTestServer, type TestServer } from '../server.ts';
import { call, callTill, registerCheck, registerGuest, signIn } from './calls.ts';

// Every number can be followed down to what it came from, in the reader's language.

let server: TestServer;
let cookie: string;
let accountId: number;

beforeAll(async () => {
  server = await startTestServer();
  ({ cookie } = await signIn(server, OWNER));
  ({ accountId } = await registerGuest(server));
  // 100.00 welcome points; 60.00 of them are spent, 30.00 earned; then all of it is returned.
  const checkGuid = randomUUID();
  await registerCheck(server, accountId, 100_000, { checkGuid, bonusSpentSum: 6_000 });
  await callTill(server, 'external/return_check', { checkGuid });
});
afterAll(() => server?.stop());

async function story(kind: string, language: 'ru' | 'en'): Promise<EntryStory> {
  const headers = { cookie, 'accept-language': language };
  const list = await call(server, { path: `/api/v1/accounts/${accountId}/entries`, headers });
  const { sequence } = (list.body.items as { kind: string; sequence: number }[]).find((one) => one.kind === kind)!;
  const answer = await call(server, { path: `/api/v1/accounts/${accountId}/entries/${sequence}`, headers });
  expect(answer.status).toBe(200);
  return JSON.parse(answer.text.replace(/[\u00a0\u202f]/g, ' ')) as EntryStory;
}

test('spent points lead back to the points they were, with the day on which those would have burned', async () => {
  const spend = await story('spend', 'ru');
  expect(spend.text).toBe('Списано 60 баллов в счёт чека, деньгами 1 000 ₽');
  expect(spend.parents.map(({ text }) => text)).toEqual(['Приветственные 100 баллов']);
  expect(spend.details).toHaveLength(1);
  expect(spend.details[0]).toMatch(/^60 баллов из начисленного сегодня, последний день был бы \d+ \S+/);
  expect(spend.postings).toEqual([
    { account: 'available', name: 'Доступно гостю', debit: 6_000, credit: 0 },
    { account: 'redeemed', name: 'Потрачено', debit: 0, credit: 6_000 },
  ]);
});

test('what a return took back says where it was taken', async () => {
  const clawback = await story('claw_back', 'en');
  expect(clawback.text).toBe('30 points taken back: the check was returned');
  expect(clawback.details).toContain('30 points taken from what this check earned');
  expect(clawback.parents.map(({ text }) => text)).toEqual(['Earned 30 points: 3% of ₽1 000']);
});

test('debits equal credits in every entry that is shown', async () => {
  for (const kind of ['welcome', 'spend', 'earn', 'give_back', 'claw_back']) {
    const { postings } = await story(kind, 'en');
    const sum = (side: 'debit' | 'credit') => postings.reduce((total, one) => total + one[side], 0);
    expect([kind, sum('debit') > 0, sum('debit')]).toEqual([kind, true, sum('credit')]);
  }
});

test('an entry that is not there is not found, and another account keeps its own', async () => {
  const answer = await call(server, { path: `/api/v1/accounts/${accountId}/entries/999`, headers: { cookie } });
  expect([answer.status, (answer.body.error as { code: string }).code]).toEqual([404, 'not_found']);
  const stranger = await call(server, { path: '/api/v1/accounts/999999/entries/1', headers: { cookie } });
  expect(stranger.status).toBe(404);
});

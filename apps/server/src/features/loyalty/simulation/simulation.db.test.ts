import type { AskSimulation } from '@tessera/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addProgramme, newCompany, openGuest, processOn } from '../../../../test/loyalty-house.ts';
import { createTestHouse, type TestHouse } from '../../../../test/platform.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { replaceTags } from '../../guests/index.ts';
import { type LoyaltyPlatform, registerCheck, returnCheck } from '../index.ts';
import { askSimulation } from './ask-simulation.ts';
import { runSimulation } from './run-simulation.ts';
import { selectSimulation } from './simulations.store.ts';
import { simulationJobs } from './tasks.ts';

let house: TestHouse;
let platform: LoyaltyPlatform;
let tenant: Tenant;
let programmeId: number;
const guests: { accountId: number; guestId: number }[] = [];
let checks = 0;

const rules = (rateBasisPoints: number, more: object = {}) => ({
  timeZone: 'Europe/Moscow',
  levels: [
    { id: 'base', name: 'База', fromTurnover: 0, rateBasisPoints },
    { id: 'gold', name: 'Золото', fromTurnover: 500_000, rateBasisPoints: rateBasisPoints * 2 },
  ],
  ...more,
});
const MARCH = { from: '2026-03-01', to: '2026-03-31' };

beforeAll(async () => {
  house = await createTestHouse();
  platform = processOn(house);
  tenant = await newCompany(platform);
  const caps = { earning: { caps: { perDay: 30_000 } } };
  programmeId = await addProgramme(platform, tenant, rules(500, caps));
  // More than one batch of accounts.
  for (let index = 0; index < 30; index++) guests.push(await newGuest(index));
  for (const [index, { accountId }] of guests.entries()) {
    await sell(accountId, 100_000n, index % 2);
    await sell(accountId, 450_000n, index % 2);
    house.clock.advance({ hours: 5 });
    await sell(accountId, 20_000n, index % 2, 10_000n);
  }
  await returnCheck(platform, tenant, { source: 'till', externalId: 'c1' });
});
afterAll(() => house.close());

const newGuest = (index: number) => openGuest(platform, tenant, { firstName: `Гость ${index}` });

async function sell(accountId: number, total: bigint, venueCode: number, spend = 0n): Promise<void> {
  checks += 1;
  const facts = { source: 'till', externalId: `c${checks}`, mode: 'priced', total, spend, venueCode } as const;
  const sold = await registerCheck(platform, tenant, { accountId, ...facts });
  if (!sold.ok) throw new Error(sold.refusal.code);
}

async function simulate(asked: Omit<AskSimulation, 'from' | 'to'> & Partial<AskSimulation>) {
  const simulation = await askSimulation(platform, tenant, programmeId, { ...MARCH, ...asked });
  if (!simulation.ok) throw new Error(simulation.refusal.code);
  await runSimulation(platform, tenant, simulation.value);
  const row = await selectSimulation(tenant, { simulationId: simulation.value });
  return row!;
}

test('EX-SIM1: the live version on its own checks differs in nothing, and every check comes out as it is stored', async () => {
  const { status, result, accountsDone, accountsTotal } = await simulate({
    rules: rules(500, { earning: { caps: { perDay: 30_000 } } }),
  });
  expect([status, accountsDone, accountsTotal]).toEqual(['done', 30, 30]);
  expect(result).toMatchObject({
    // One of ninety was returned.
    checks: 89,
    checksTouched: 0,
    members: 30,
    delta: 0,
    levelChanges: [],
    gainers: [],
    selfCheck: { checked: 89, different: 0 },
  });
});

test('a draft tells what it would have cost, who gains and which limits were hit; only some venues when asked', async () => {
  const draft = rules(600, { earning: { caps: { perDay: 30_000 } } });
  const { result } = await simulate({ rules: draft });
  expect(result?.delta).toBeGreaterThan(0);
  expect(result?.cost).toBe(result?.delta);
  expect(result?.gainers).toHaveLength(20);
  expect(result?.gainers[0]?.name).toMatch(/^Гость/);
  expect(result?.draft.cuts[0]?.cut).toBe('per_day');
  const half = await simulate({ rules: draft, venues: [1] });
  expect(half.result).toMatchObject({ checks: 45, members: 15 });
  expect((await simulate({ rules: draft, from: '2026-01-01', to: '2026-01-31' })).result).toMatchObject({
    checks: 0,
    costBasisPoints: null,
  });
});

test('a rule of the draft that asks for a tag finds the guests who bear it', async () => {
  for (const { guestId } of guests.slice(0, 4)) await replaceTags(tenant, guestId, ['vip'], platform.clock.now());
  const vip = { id: 'vip', name: 'VIP', condition: { segments: ['vip'] }, effect: { kind: 'bonus', points: 100 } };
  const { result } = await simulate({ rules: rules(500, { earning: { rules: [vip], caps: { perDay: 30_000 } } }) });
  expect(result?.membersTouched).toBe(4);
});

test('without rules the saved draft is taken; rubbish, wrong days and a fourth at once are refused', async () => {
  const ask = (asked: Partial<AskSimulation>) => askSimulation(platform, tenant, programmeId, { ...MARCH, ...asked });
  expect((await simulate({})).result?.delta).toBe(0);
  const codes = [];
  for (const asked of [
    { rules: { levels: 'none' } },
    { from: '2026-02-30' },
    { from: '2026-04-01' },
    { from: '2024-01-01' },
  ]) {
    const answer = await ask(asked);
    codes.push(answer.ok ? '' : answer.refusal.code);
  }
  expect(codes).toEqual(['draft_contradictory', 'value_invalid', 'value_invalid', 'value_invalid']);
  const waiting = [await ask({}), await ask({}), await ask({}), await ask({})];
  expect(waiting.map((one) => one.ok || one.refusal.code)).toEqual([true, true, true, 'simulations_under_way']);
  for (const one of waiting) if (one.ok) await runSimulation(platform, tenant, one.value);
});

test('the job runs it once, however often it is given, and a third failure ends it', async () => {
  const asked = await askSimulation(platform, tenant, programmeId, MARCH);
  if (!asked.ok) throw new Error(asked.refusal.code);
  const { tasks, outbox } = simulationJobs(platform);
  const [job] = outbox.simulation_asked!(tenant.companyId, { simulationId: asked.value });
  await tasks[job!.task]!(job!.payload, tenant.companyId, 1);
  const first = await selectSimulation(tenant, { simulationId: asked.value });
  await tasks[job!.task]!(job!.payload, tenant.companyId, 1);
  expect(await selectSimulation(tenant, { simulationId: asked.value })).toEqual(first);
  const broken = await askSimulation(platform, tenant, programmeId, MARCH);
  if (!broken.ok) throw new Error(broken.refusal.code);
  await tenant.query(`update simulations set rules = '{}' where company_id = $1 and simulation_id = $2`, [
    tenant.companyId,
    broken.value,
  ]);
  for (const attempt of [1, 3]) {
    await expect(tasks.run_simulation!({ simulationId: broken.value }, tenant.companyId, attempt)).rejects.toThrow();
  }
  expect((await selectSimulation(tenant, { simulationId: broken.value }))?.status).toBe('failed');
});

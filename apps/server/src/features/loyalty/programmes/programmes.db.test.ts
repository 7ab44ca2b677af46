import { randomUUID } from 'node:crypto';
import { PROGRAMME_KINDS } from '@tessera/loyalty';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newCompany, openGuest, processOn } from '../../../../test/loyalty-house.ts';
import { createTestHouse, type TestHouse } from '../../../../test/platform.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { upsertBudget } from '../earning/budgets.store.ts';
import { createGroup, type LoyaltyPlatform, registerCheck } from '../index.ts';
import { changeKind, createKind } from '../offers/save-kind.ts';
import { discardDraft, readDraft, saveDraft } from './edit-draft.ts';
import { listVersions } from './list-versions.ts';
import { makeProgramme } from './make-programme.ts';
import type { RulesBody } from './model.ts';
import { previewDraft } from './preview-draft.ts';
import { publishDraft, rollBack, withdrawScheduled } from './publish-rules.ts';

let house: TestHouse;
let platform: LoyaltyPlatform;
let tenant: Tenant;
let programmeId: number;
let accountId: number;
let groups = 0;

const BASE_LEVEL = { id: 'base', name: 'Гость', fromTurnover: 0, rateBasisPoints: 500 };
const rules: RulesBody = {
  timeZone: 'Europe/Moscow',
  levels: [BASE_LEVEL],
};
const withRate = (rateBasisPoints: number): RulesBody => ({
  ...rules,
  levels: [{ ...BASE_LEVEL, rateBasisPoints }],
});

beforeAll(async () => {
  house = await createTestHouse();
  platform = processOn(house);
  tenant = await newCompany(platform);
});
afterAll(() => house.close());

const wish = {
  name: 'Баллы',
  kind: PROGRAMME_KINDS.bonus,
  userId: null,
  timeZone: 'Europe/Moscow',
  language: 'ru',
} as const;

beforeEach(async () => {
  const made = await makeProgramme(platform, tenant, { ...wish, key: randomUUID(), rules });
  if (!made.ok) throw new Error(made.refusal.code);
  programmeId = made.value.programmeId;
  groups += 1;
  await createGroup(tenant, { groupId: groups, programmeId, name: 'Гости', template: { welcome: false } });
  ({ accountId } = await openGuest(platform, tenant, { groupId: groups }));
});

/** What a check of 1,000.00 earns now. */
async function earned(): Promise<number> {
  const facts = { accountId, source: 'probonus', externalId: randomUUID(), spend: 0n } as const;
  const sold = await registerCheck(platform, tenant, { ...facts, mode: 'reported', money: 100_000n });
  if (!sold.ok) throw new Error(sold.refusal.code);
  return sold.value.accrued;
}

async function draft(body: RulesBody): Promise<number> {
  const { version } = await draftNow();
  const saved = await saveDraft(platform, tenant, { programmeId, version, body, userId: null });
  if (!saved.ok) throw new Error(saved.refusal.code);
  return saved.value.version;
}

async function draftNow() {
  const found = await readDraft(platform, tenant, programmeId);
  if (!found.ok) throw new Error(found.refusal.code);
  return found.value;
}

async function publish(body: RulesBody, at: Temporal.Instant | null = null, key: string = randomUUID()) {
  return publishDraft(platform, tenant, { programmeId, key, version: await draft(body), at, userId: null });
}

const in1Hour = () => platform.clock.now().add({ hours: 1 });

describe('a publication', () => {
  test('at once: the next check earns by the new rules, the draft is gone', async () => {
    expect(await earned()).toBe(5_000);
    expect(await publish(withRate(700))).toMatchObject({ ok: true });
    expect(await earned()).toBe(7_000);
    expect((await draftNow()).version).toBe(0);
  });

  test('at an instant: old rules to the last millisecond before it, new ones from it on, without any job', async () => {
    expect(await publish(withRate(700), in1Hour())).toMatchObject({ ok: true });
    house.clock.advance({ minutes: 59, seconds: 59, milliseconds: 999 });
    expect(await earned()).toBe(5_000);
    house.clock.advance({ milliseconds: 1 });
    expect(await earned()).toBe(7_000);
    // The further version finds the one that has meanwhile come into force.
    expect(await publish(withRate(900))).toMatchObject({ ok: true });
    expect(await earned()).toBe(9_000);
  });

  test('that waits keeps others out until it is withdrawn, and then is the draft again', async () => {
    await publish(withRate(700), in1Hour());
    expect(await publish(withRate(900))).toMatchObject({ ok: false, refusal: { code: 'publication_scheduled' } });
    await discardDraft(tenant, programmeId);
    expect(await withdrawScheduled(platform, tenant, { programmeId, userId: null })).toEqual({ ok: true, value: null });
    expect((await draftNow()).body).toMatchObject({ levels: [{ rateBasisPoints: 700 }] });
    house.clock.advance({ hours: 2 });
    expect(await earned()).toBe(5_000);
    const again = await withdrawScheduled(platform, tenant, { programmeId, userId: null });
    expect(again).toMatchObject({ refusal: { code: 'publication_not_scheduled' } });
  });

  test('sent again with its key is told what it has published, and nothing is published twice', async () => {
    const version = await draft(withRate(700));
    const call = { programmeId, key: randomUUID(), version, at: null, userId: null };
    const answers = await Promise.all(Array.from({ length: 5 }, () => publishDraft(platform, tenant, call)));
    expect(new Set(answers.map((one) => one.ok && one.value.rulesId)).size).toBe(1);
    const versions = await listVersions(platform, tenant, { programmeId, before: null, limit: 20 });
    expect(versions.ok && versions.value.length).toBe(2);
    const other = await rollBack(platform, tenant, { ...call, rulesId: 1 });
    expect(other).toMatchObject({ refusal: { code: 'idempotency_mismatch' } });
  });

  test('of contradictory, unreadable or unchanged rules is refused and told which', async () => {
    const impossible = { ...rules, spendLimits: { minRedeem: 5_000, maxPerCheck: 100 } };
    const refused = await publish(impossible);
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'draft_contradictory' } });
    expect('check' in refused && refused.check).toMatchObject({ contradictions: [{ path: 'spendLimits.minRedeem' }] });
    expect(await publish({ ...rules, levels: [] })).toMatchObject({ refusal: { code: 'draft_contradictory' } });
    expect(await publish({ ...rules, expiry: { kind: 'period', length: 12 } })).toMatchObject({
      refusal: { code: 'draft_same_as_live' },
    });
    expect(await publish(withRate(700), platform.clock.now())).toMatchObject({
      refusal: { code: 'publish_at_invalid' },
    });
    const far = platform.clock.now().add({ hours: 24 * 800 });
    expect(await publish(withRate(700), far)).toMatchObject({ refusal: { code: 'publish_at_invalid' } });
    expect(await earned()).toBe(5_000);
  });

  test('that promises what the company does not have is refused, each with its place; once it is there, it is published', async () => {
    const milestone = (couponKindId: string) => ({ at: 6, name: 'Кофе', reward: { couponKindId } });
    const promising = (couponKindId: string, designId: number): RulesBody => ({
      ...rules,
      levels: [{ ...BASE_LEVEL, designId }],
      earning: {
        rules: [{ id: 'spring', name: 'Весна', budgetId: 'spring', effect: { kind: 'bonus', points: 100 } }],
      },
      wallets: [
        {
          id: 'coffee',
          kind: 'stamps',
          name: 'Кофе',
          slots: 6,
          earn: { per: 'visit' },
          milestones: [milestone(couponKindId)],
        },
      ],
    });
    const refused = async (body: RulesBody): Promise<string[]> => {
      const answer = await publish(body);
      if (answer.ok || !('check' in answer) || !answer.check.ok) throw new Error('it was not refused');
      return answer.check.contradictions.map(({ code, path }) => `${code} ${path}`);
    };
    const gift = 'wallets[0].milestones[0].reward.couponKindId';
    const others = ['level_design_missing levels[0].designId', 'rule_budget_missing earning.rules[0].budgetId'];
    expect(await refused(promising('coffee', 9_999))).toEqual([`coupon_kind_missing ${gift}`, ...others]);
    const terms = { effect: { kind: 'percent', basisPoints: 1_000 } };
    const kindOf = async (mode: 'personal' | 'automatic', of = programmeId) => {
      const made = await createKind(platform, tenant, { programmeId: of, name: 'Кофе', mode, terms });
      if (!made.ok || made.value.problems) throw new Error('no kind');
      return made.value.kindId;
    };
    const foreign = await makeProgramme(platform, tenant, { ...wish, key: randomUUID(), rules });
    const stranger = foreign.ok ? await kindOf('personal', foreign.value.programmeId) : 0;
    expect((await refused(promising(String(stranger), 9_999)))[0]).toBe(`coupon_kind_missing ${gift}`);
    const automatic = await kindOf('automatic');
    expect((await refused(promising(String(automatic), 9_999)))[0]).toBe(`coupon_kind_not_personal ${gift}`);
    const kindId = await kindOf('personal');
    await changeKind(platform, tenant, { kindId, name: 'Кофе', active: false, terms });
    expect((await refused(promising(String(kindId), 9_999)))[0]).toBe(`coupon_kind_stopped ${gift}`);

    await changeKind(platform, tenant, { kindId, name: 'Кофе', active: true, terms });
    const now = platform.clock.now();
    await upsertBudget(tenant, programmeId, { budgetId: 'spring', name: 'Весна', amount: 10_000n }, now);
    const [design] = await tenant.query<{ design_id: number }>(
      `insert into designs (company_id, name, programme_id, body, updated_at)
       values ($1, $2, $3, '{}', $4) returning design_id`,
      [tenant.companyId, `Карта ${programmeId}`, programmeId, now.toString()],
    );
    const kept = promising(String(kindId), design!.design_id);
    const preview = await previewDraft(platform, tenant, { programmeId, body: kept, at: null });
    expect(preview.ok && preview.value.check).toMatchObject({ ok: true, contradictions: [] });
    expect(await publish(kept)).toMatchObject({ ok: true });
    expect(await makeProgramme(platform, tenant, { ...wish, key: randomUUID(), rules: kept })).toMatchObject({
      refusal: { code: 'draft_contradictory' },
    });
  });

  test('of a draft that somebody has changed since it was looked at is refused', async () => {
    const version = await draft(withRate(700));
    await draft(withRate(800));
    const published = await publishDraft(platform, tenant, {
      programmeId,
      key: randomUUID(),
      version,
      at: null,
      userId: null,
    });
    expect(published).toMatchObject({ refusal: { code: 'draft_changed' } });
    expect(await earned()).toBe(5_000);
  });
});

describe('a draft', () => {
  test('of two editors keeps what was saved first and tells the other', async () => {
    const version = await draft(withRate(600));
    const save = (rate: number) =>
      saveDraft(platform, tenant, { programmeId, version, body: withRate(rate), userId: null });
    const answers = await Promise.all([save(700), save(800), save(900)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const winner = answers.find((one) => one.ok);
    expect((await draftNow()).body).toEqual(winner?.ok && winner.value.body);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'draft_changed' } });
  });

  test('may be unfinished, and one that was begun anew is never taken for the old one', async () => {
    const first = await draft({ levels: 'not yet' });
    await discardDraft(tenant, programmeId);
    const second = await draft(withRate(700));
    expect(second).toBeGreaterThan(first);
    const late = { programmeId, version: first, body: withRate(100), userId: null };
    expect(await saveDraft(platform, tenant, late)).toMatchObject({ refusal: { code: 'draft_changed' } });
  });

  test('is outdated once another version has come into force', async () => {
    await publish(withRate(700), in1Hour());
    await draft(withRate(900));
    expect((await draftNow()).outdated).toBe(false);
    house.clock.advance({ hours: 1 });
    expect((await draftNow()).outdated).toBe(true);
  });
});

describe('a rollback', () => {
  test('is a further version with the settings of the old one; the history keeps all three', async () => {
    const before = await listVersions(platform, tenant, { programmeId, before: null, limit: 20 });
    const first = before.ok ? before.value[0]!.rulesId : 0;
    await publish(withRate(700));
    const call = { programmeId, key: randomUUID(), rulesId: first, userId: null };
    const back = await rollBack(platform, tenant, call);
    expect(back).toMatchObject({ ok: true });
    expect(await rollBack(platform, tenant, call)).toEqual(back);
    expect(await earned()).toBe(5_000);
    const history = await listVersions(platform, tenant, { programmeId, before: null, limit: 20 });
    const told = history.ok ? history.value.map(({ state, restoredRulesId }) => ({ state, restoredRulesId })) : [];
    expect(told).toEqual([
      { state: 'live', restoredRulesId: first },
      { state: 'past', restoredRulesId: null },
      { state: 'past', restoredRulesId: null },
    ]);
  });

  test('to the version in force, or to one of another programme, is refused', async () => {
    const other = await makeProgramme(platform, tenant, { ...wish, key: randomUUID(), rules });
    if (!other.ok) throw new Error(other.refusal.code);
    const foreign = await listVersions(platform, tenant, { ...other.value, before: null, limit: 20 });
    const own = await listVersions(platform, tenant, { programmeId, before: null, limit: 20 });
    const call = (rulesId: number) =>
      rollBack(platform, tenant, { programmeId, key: randomUUID(), rulesId, userId: null });
    expect(await call(own.ok ? own.value[0]!.rulesId : 0)).toMatchObject({ refusal: { code: 'rules_version_live' } });
    expect(await call(foreign.ok ? foreign.value[0]!.rulesId : 0)).toMatchObject({
      refusal: { code: 'rules_version_not_found' },
    });
  });
});

test.each(Object.entries(PROGRAMME_KINDS))(
  'the beginning of a programme of type %s can be published',
  async (_, kind) => {
    const made = await makeProgramme(platform, tenant, { ...wish, key: randomUUID(), kind });
    expect(made).toMatchObject({ ok: true });
  },
);

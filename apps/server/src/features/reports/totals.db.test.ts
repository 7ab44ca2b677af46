import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestHouse, type TestHouse } from '../../../test/platform.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { createCompany } from '../tenancy/index.ts';
import { countCards, recountLastDays } from './count-cards.ts';
import { dayOf, periodOf, type Unit } from './model.ts';
import { reportCards } from './report-cards.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await createTestHouse();
});
afterAll(() => house.close());

const MEASURES = {
  card_scanned: 'shown',
  pass_fetched: 'updated',
  device_registered: 'installed',
  link_opened: 'visited',
} as const;
type Kind = keyof typeof MEASURES;
const HOURS = 40 * 24;
const BEGIN = Temporal.Instant.from('2027-02-20T00:10:00Z');

type Happened = {
  readonly kind: Kind;
  readonly hour: number;
  readonly design: number;
  readonly platform: 'apple' | 'google' | null;
  readonly source: string;
  readonly count: number;
};
/** What is done one after the other: things happen, some of them told late; days are counted, by a process that may die. */
type Step =
  | { readonly does: 'happen'; readonly things: readonly Happened[] }
  | { readonly does: 'count'; readonly diesAfter: number | null }
  | { readonly does: 'night' }
  | { readonly does: 'wait'; readonly hours: number };

const happened: fc.Arbitrary<Happened> = fc.record({
  kind: fc.constantFrom<Kind>('card_scanned', 'pass_fetched', 'device_registered', 'link_opened'),
  // Before now; of more than three days nobody looks again.
  hour: fc.nat(60),
  design: fc.integer({ min: 1, max: 2 }),
  platform: fc.constantFrom('apple', 'google', null),
  source: fc.constantFrom('one', 'two'),
  count: fc.integer({ min: 1, max: 4 }),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('happen'), things: fc.array(happened, { maxLength: 8 }) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('count'), diesAfter: fc.option(fc.nat(6)) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('night') }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('wait'), hours: fc.integer({ min: 1, max: 50 }) }) },
) as fc.Arbitrary<Step>;

async function write(tenant: Tenant, at: Temporal.Instant, one: Happened): Promise<void> {
  const hour = at.round({ smallestUnit: 'hour', roundingMode: 'floor' });
  await tenant.query(
    `insert into wallet_events (company_id, hour, fold, kind, at, last_at, count, design_id, platform, form_id, source, detail)
     values ($1, $2, gen_random_uuid(), $3, $4, $4, $5, $6, $7, 'main', $8, '{}')`,
    [tenant.companyId, hour.toString(), one.kind, at.toString(), one.count, one.design, one.platform, one.source],
  );
}

/** The same tenant in a process that dies after so many statements. */
function mortal(tenant: Tenant, statements: number): Tenant {
  let left = statements;
  return {
    ...tenant,
    transaction: (work) =>
      tenant.transaction((transaction) =>
        work({
          ...transaction,
          query: (...asked: Parameters<typeof transaction.query>) => {
            if (left-- <= 0) throw new Error('dead');
            return transaction.query(...asked);
          },
        } as typeof transaction),
      ),
  };
}

test('totals are what happened, by every unit and filter, whatever came late and wherever a count broke off', async () => {
  const zones = fc.constantFrom('Europe/Moscow', 'Asia/Vladivostok', 'America/New_York', 'Asia/Tokyo');
  await fc.assert(
    fc.asyncProperty(zones, fc.array(step, { minLength: 5, maxLength: 25 }), async (timeZone, steps) => {
      const options = { name: 'Чайка', language: 'ru', currency: 'RUB', country: 'RU', demo: true } as const;
      const tenant = await createCompany(house.platform, { ...options, timeZone });
      const clock = { at: BEGIN, now: () => clock.at };
      const all: (Happened & { day: Temporal.PlainDate })[] = [];
      for (const one of steps) {
        if (one.does === 'wait') clock.at = clock.at.add({ hours: one.hours });
        if (one.does === 'night') await recountLastDays({ clock }, tenant, timeZone);
        if (one.does === 'count') {
          const counter = one.diesAfter === null ? tenant : mortal(tenant, one.diesAfter);
          await countCards({ clock }, counter, timeZone).catch((error: Error) => expect(error.message).toBe('dead'));
        }
        for (const thing of one.does === 'happen' ? one.things : []) {
          const at = clock.at.subtract({ hours: thing.hour });
          await write(tenant, at, thing);
          all.push({ ...thing, day: dayOf(at, timeZone) });
        }
        if (one.does === 'happen') await recountLastDays({ clock }, tenant, timeZone);
      }
      await countCards({ clock }, tenant, timeZone);
      await expectTheSame(tenant, timeZone, all);
    }),
    { numRuns: 15 },
  );
}, 120_000);

const from = dayOf(BEGIN.subtract({ hours: 72 }), 'UTC').toString();
const to = dayOf(BEGIN.add({ hours: HOURS }), 'UTC')
  .add({ months: 2 })
  .toString();

async function expectTheSame(
  tenant: Tenant,
  timeZone: string,
  all: readonly (Happened & { day: Temporal.PlainDate })[],
): Promise<void> {
  const filters = [{}, { designId: 1 }, { platform: 'apple' }, { source: 'form:main:one' }] as const;
  for (const unit of ['day', 'week', 'month'] as const satisfies readonly Unit[]) {
    for (const filter of filters) {
      const counted: Record<string, number> = {};
      for (const { kind, day, design, platform, source, count } of all) {
        // Only visits know their source here: the others have it from their card.
        const own = kind === 'link_opened' ? `form:main:${source}` : '';
        if ('designId' in filter && design !== filter.designId) continue;
        if ('platform' in filter && platform !== filter.platform) continue;
        if ('source' in filter && own !== filter.source) continue;
        const key = `${periodOf(day, unit)} ${MEASURES[kind]}`;
        counted[key] = (counted[key] ?? 0) + count;
      }
      for (const by of unit === 'week' ? (['platform'] as const) : (['design', 'source'] as const)) {
        const report = await reportCards(tenant, timeZone, { from, to, unit, by, ...filter });
        if (!report.ok) throw new Error(report.refusal.code);
        const shown = report.value.periods.flatMap(({ start, counts }) =>
          Object.entries(counts).flatMap(([measure, count]) => (count > 0 ? [[`${start} ${measure}`, count]] : [])),
        );
        expect(Object.fromEntries(shown)).toEqual(counted);
        const sum = (counts: object) => Object.values(counts).reduce((one: number, other: number) => one + other, 0);
        const inGroups = report.value.groups.reduce((one, { counts }) => one + sum(counts), 0);
        expect(inGroups).toBe(sum(report.value.total));
      }
    }
  }
}

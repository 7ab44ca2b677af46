import type { Platform } from '../../platform/context.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { HERO_PHONE } from './company.ts';
import { selectDemoCards } from './store.ts';
import type { DemoWorld } from './world.ts';

export { DEMO_FORM_ID, HERO_PHONE } from './company.ts';
export { type DemoRoutesOptions, demoRoutes } from './routes.ts';
export { type DemoSetUp, setUpDemo } from './set-up.ts';
export { selectClockAhead as readClockAhead } from './store.ts';
export { type DemoWorld, startDemoWorld } from './world.ts';

/** Puts the first guest's card on the demo's phone, so that there is something to see from the first minute. */
export async function handOverFirstCard(platform: Platform, tenant: Tenant, world: DemoWorld): Promise<void> {
  if (world.phone.snapshot().cards.length > 0) return;
  const cards = await selectDemoCards(tenant, 100);
  const card = cards.find(({ phone }) => phone === HERO_PHONE) ?? cards[0];
  if (card) await world.phone.installFrom(`${platform.publicUrl}/c/${card.guid}.pkpass`);
}

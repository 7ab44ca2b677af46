/**
 * Our server in a process of its own: `worker.ts <ground as JSON> <service as JSON>`. Told to `push` it leaves word for
 * every device and works it off; told to `change` it gives the design other words, and all cards follow. Asked for its
 * `memory` it answers the most it has held, in bytes.
 */

import { demoDesign } from '../../apps/server/src/features/demo/design.ts';
import { updateDesign } from '../../apps/server/src/features/wallet/index.ts';
import { openServer } from '../server.ts';
import type { AppleReady } from './apple.ts';
import { PASS_TYPE, type PushGround } from './ground.ts';

export type Word = 'push' | 'change' | 'memory';

const SAMPLE_EVERY_MILLISECONDS = 50;
/** As many as a batch of a design's cards leaves word for. */
const DEVICES_PER_ROW = 500;

async function main(): Promise<void> {
  const [ground, apns] = process.argv.slice(2).map((json) => JSON.parse(json)) as [PushGround, AppleReady];
  const { connectionString, masterKey, company, designId } = ground;
  const app = await openServer({ connectionString, masterKey, apns, work: true });
  const tenant = app.platform.database.tenant(company.companyId);
  let most = 0;
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  setInterval(look, SAMPLE_EVERY_MILLISECONDS).unref();

  const does: Record<Word, () => Promise<unknown>> = {
    async push() {
      await tenant.query(
        `insert into outbox (company_id, kind, payload, created_at)
         select $1, 'push_devices', json_build_object('passTypeIdentifier', $2::text, 'mode', 'bulk', 'deviceIds', json_agg(device_id)), now()
         from (select device_id, row_number() over () / $3 as part from apple_devices where company_id = $1) as numbered
         group by part`,
        [company.companyId, PASS_TYPE, DEVICES_PER_ROW],
      );
      app.jobs.wake();
    },
    async change() {
      const logoText = `Чайка ${Date.now()}`;
      const changed = await updateDesign(app.platform, tenant, { designId, draft: { ...demoDesign, logoText } });
      if (!changed.ok) throw new Error(changed.refusal.code);
    },
    async memory() {
      look();
      const held = most;
      most = 0;
      return held;
    },
  };
  process.on('message', async (word: Word) => process.send?.({ answer: (await does[word]()) ?? null }));
  process.on('disconnect', () => process.exit(0));
  process.send?.('ready');
}

await main();

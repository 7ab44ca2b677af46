/**
 * A process of its own, so that the memory measured is that of the job alone: `expire.ts <ground as JSON>`. The lot of
 * every account is due; `settleDue` runs until nothing is left and the parent is told what it took.
 */
import { settleDue } from '../../apps/server/src/features/loyalty/index.ts';
import { openHouse } from '../checks/set-up.ts';
import { checkSample, type GrowthGround } from './ground.ts';

/** Memory is resident bytes of this process. Rates are accounts a second: of all runs, the first and the last one. */
export type Expired = {
  readonly accounts: number;
  readonly runs: number;
  readonly perSecond: number;
  readonly firstPerSecond: number;
  readonly lastPerSecond: number;
  readonly before: number;
  readonly most: number;
  readonly after: number;
};

const SAMPLE_EVERY_MILLISECONDS = 20;

async function expire(ground: Pick<GrowthGround, 'connectionString' | 'company'>): Promise<Expired> {
  const { company } = ground;
  const house = openHouse(ground.connectionString, 2);
  try {
    const tenant = house.database.tenant(company.companyId);
    const [first] = await tenant.query<{ due: Temporal.Instant }>(
      'select next_due_at as due from accounts where company_id = $1 and account_id = $2',
      [company.companyId, company.firstAccountId],
    );
    const now = first!.due.add({ seconds: 1 });
    const platform = { ...house, clock: { now: () => now } };

    const before = process.memoryUsage.rss();
    let most = before;
    const look = () => {
      most = Math.max(most, process.memoryUsage.rss());
    };
    const looking = setInterval(look, SAMPLE_EVERY_MILLISECONDS);
    const rates: number[] = [];
    const start = performance.now();
    let accounts = 0;
    for (;;) {
      const begun = performance.now();
      const written = await settleDue(platform, tenant);
      if (written === 0) break;
      accounts += written;
      rates.push((written / (performance.now() - begun)) * 1_000);
    }
    const seconds = (performance.now() - start) / 1_000;
    clearInterval(looking);
    look();
    const after = process.memoryUsage.rss();

    if (accounts !== company.accounts) throw new Error(`${accounts} of ${company.accounts} accounts were settled.`);
    await checkSample(ground);
    const [firstPerSecond, lastPerSecond] = [rates[0]!, rates.at(-1)!];
    return {
      accounts,
      runs: rates.length,
      perSecond: accounts / seconds,
      firstPerSecond,
      lastPerSecond,
      before,
      most,
      after,
    };
  } finally {
    await house.close();
  }
}

process.on('disconnect', () => process.exit(0));
process.send?.(await expire(JSON.parse(process.argv[2]!)));
process.disconnect?.();

/**
 * One contestant in a process of its own: `contestant.ts <role> <ground as JSON>`. Driven over IPC: first it says that it
 * is ready (a server also where), then `{ seconds, port }` runs for that long and answers what it did.
 */
import { type Measured, many, runFor, type Worker } from '../run-for.ts';
import { listen, openServer } from '../server.ts';
import { connectBareTill, serveBare } from './bare.ts';
import { type Caller, connectCaller } from './load.ts';
import { openTill } from './ours.ts';
import { type BenchSale, nextSale } from './sales.ts';
import { type BenchCompany, FIRST_PHONE, type Ground } from './set-up.ts';
import { openStation } from './station.ts';

export type Role =
  | 'bareLoop'
  | 'inProcess'
  | 'registerClient'
  | 'findClient'
  | 'stationLookupClient'
  | 'stationRegisterClient'
  | 'bareFindClient'
  | 'server'
  | 'bareServer';
export type Ready = { readonly port: number | null };
export type Order = { readonly seconds: number; readonly port: number };

const CLIENTS = 32;

const workers: Partial<Record<Role, (ground: Ground, port: number) => Promise<Worker[]>>> = {
  bareLoop: (ground) =>
    many(ground.connections, async () => {
      const till = await connectBareTill(ground);
      return (n) => till.register(nextSale(ground.bare, n));
    }),
  inProcess: (ground) => {
    const { sell } = openTill(ground);
    return many(ground.connections, async () => (n) => sell(nextSale(ground.ours, n)));
  },
  registerClient: ({ ours }, port) =>
    many(CLIENTS, async () => {
      const caller = await callerOf(ours, port, '/api/v0/external/register_check');
      return async (n) => {
        const sale = nextSale(ours, n);
        const body = {
          restCode: 1,
          checkGuid: sale.externalId,
          accountId: sale.accountId,
          rkUnit: 1,
          externalCheck: sale.number,
          bonusSpentSum: sale.spend,
          moneySpentSum: sale.money - sale.spend,
          checkData: sale.details,
        };
        await caller.call(JSON.stringify(body));
      };
    }),
  findClient: ({ ours }, port) => many(CLIENTS, () => findByPhone(ours, port, '/api/v0/accounts/find_by_phone')),
  stationLookupClient: (ground, port) => stationOf(ground, port, 'GetCardInfoEx', (station) => station.lookup),
  stationRegisterClient: (ground, port) => stationOf(ground, port, 'TransactionsEx', (station) => station.package),
  bareFindClient: ({ bare }, port) => many(CLIENTS, () => findByPhone(bare, port, '/find')),
};

const servers: Partial<Record<Role, (ground: Ground) => Promise<number>>> = {
  server: async ({ connectionString, masterKey }) =>
    listen(await openServer({ connectionString, masterKey, apns: null, work: true })),
  bareServer: serveBare,
};

async function findByPhone(company: BenchCompany, port: number, path: string): Promise<Worker> {
  const caller = await callerOf(company, port, path);
  return async () => {
    const phone = FIRST_PHONE + Math.floor(Math.random() * company.accounts);
    await caller.call(JSON.stringify({ phone: String(phone) }));
  };
}

type Station = ReturnType<typeof openStation>;

function stationOf(
  ground: Ground,
  port: number,
  method: string,
  messageOf: (station: Station) => (sale: BenchSale) => string,
): Promise<Worker[]> {
  const message = messageOf(openStation(ground));
  const path = `${ground.ours.farCardsPath}/${method}`;
  return many(CLIENTS, async () => {
    const caller = await connectCaller({ port, path, headers: { 'content-type': 'text/xml' } });
    return async (n) => {
      const answer = await caller.call(message(nextSale(ground.ours, n)));
      // FarCards answers 200 to a refusal as well.
      if (!answer.includes('Result="0"')) throw new Error(answer);
    };
  });
}

const callerOf = ({ token }: BenchCompany, port: number, path: string): Promise<Caller> =>
  connectCaller({ port, path, headers: { authorization: `Bearer ${token}` } });

async function main(): Promise<void> {
  const [role, json] = process.argv.slice(2) as [Role, string];
  const ground: Ground = JSON.parse(json);
  const tell = (message: Ready | Measured) => process.send?.(message);
  let ready: Promise<Worker[]> | undefined;
  process.on('message', async ({ seconds, port }: Order) => {
    ready ??= workers[role]!(ground, port);
    tell(await runFor(seconds, await ready));
  });
  process.on('disconnect', () => process.exit(0));
  tell({ port: (await servers[role]?.(ground)) ?? null });
}

await main();

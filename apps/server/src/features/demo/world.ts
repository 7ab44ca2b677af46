import { randomInt } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type AppleChain,
  createPhone,
  type FakeApns,
  type FakeSmsRu,
  loadAppleChain,
  makeAppleChain,
  makeServerCertificate,
  type Phone,
  saveAppleChain,
  startFakeApns,
  startFakeSmsRu,
} from '@tessera/testkit';
import type { Clock } from '../../platform/clock.ts';
import { CLOCK_AHEAD_MAX_YEARS } from './advance-clock.ts';
import { demoCompany, demoPassType } from './company.ts';

/** The demo's outside world on localhost: an authority in Apple's shape, its push service, sms.ru, and a phone. */
export type DemoWorld = {
  chain: AppleChain;
  apns: FakeApns;
  smsRu: FakeSmsRu;
  phone: Phone;
  stop(): Promise<void>;
};

export type DemoWorldOptions = {
  /** Where the authority is kept, so that cards of yesterday still open today. */
  folder: string;
  clock: Clock;
  /** The real time: certificates on the wire are checked by the computer's own clock. */
  wallClock?: Clock;
  /** Where the phone really reaches the server behind its public address. */
  localUrl: string;
};

const DEMO_SMS_RU_API_ID = 'DEMO-0000-0000-0000';

export async function startDemoWorld({
  folder,
  clock,
  wallClock = clock,
  localUrl,
}: DemoWorldOptions): Promise<DemoWorld> {
  const now = () => clock.now();
  const chain = await demoChain(join(folder, 'demo-authority'), wallClock);
  const server = await makeServerCertificate({ now: wallClock.now() });
  const clientCa = [chain.root.certificatePem, chain.intermediate.certificatePem];
  const apns = await startFakeApns({ server, clientCa, clock: now });
  const smsRu = await startFakeSmsRu({ clock: now, apiId: DEMO_SMS_RU_API_ID, outcomeByLastDigits: false });
  const phone = createPhone({
    deviceId: 'demo-phone',
    clock: now,
    random: () => randomInt(2 ** 32) / 2 ** 32,
    rootCertificates: [chain.root.certificatePem],
    apns,
    language: 'ru',
    http: { allowPlainHttp: true, reach: () => localUrl },
  });
  return {
    chain,
    apns,
    smsRu,
    phone,
    async stop() {
      await phone.stop();
      await smsRu.stop();
      await apns.stop();
    },
  };
}

/** Apple's certificates live 13 months; this one outlives the farthest that the demo's clock can be put ahead. */
const LEAF_DAYS = (CLOCK_AHEAD_MAX_YEARS + 1) * 366;

/** The authority is made once. */
async function demoChain(folder: string, clock: Clock): Promise<AppleChain> {
  const exists = await access(join(folder, 'leaf.key.pem')).then(
    () => true,
    () => false,
  );
  if (exists) return loadAppleChain(folder);
  const chain = await makeAppleChain({
    ...demoPassType,
    organizationName: demoCompany.name,
    now: clock.now(),
    leafDays: LEAF_DAYS,
  });
  await saveAppleChain(chain, folder);
  return chain;
}

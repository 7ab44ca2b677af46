import { createServer, request as requestHttp } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPhone, type Phone, type PhoneOptions } from '@tessera/testkit';
import { type FakeApns, startFakeApns } from '@tessera/testkit/apns';
import { makeServerCertificate } from '@tessera/testkit/pki';
import { type ApnsClient, createApnsClient } from '../src/adapters/apns/index.ts';
import type { PassRecord } from '../src/features/wallet/index.ts';
import { createWalletHouse, type WalletHouse } from './wallet-house.ts';

/** The wallet with phones of its guests around it, reached through the double of Apple's push service. */
export type PhoneHouse = WalletHouse & {
  apns: FakeApns;
  /** Where the server listens. */
  address: string;
  newPhone(change?: Partial<PhoneOptions>): Phone;
  /** Everything that follows from what was done has been done, on the server and on all phones. */
  quiet(): Promise<void>;
  fileOf(pass: PassRecord): string;
  /** What the first field of a card's head shows on a phone; undefined when the card is not there. */
  pointsOn(phone: Phone, pass: PassRecord): unknown;
};

export async function createPhoneHouse(): Promise<PhoneHouse> {
  let apns: FakeApns | undefined;
  let client: ApnsClient | undefined;
  const house = await createWalletHouse(async (chain, { clock }) => {
    apns = await startFakeApns({
      server: await makeServerCertificate({ now: Temporal.Now.instant() }),
      clientCa: [chain.root.certificatePem, chain.intermediate.certificatePem],
      clock: clock.now,
    });
    client = createApnsClient({ url: apns.url, ca: apns.caPem, clock: clock.now, random: () => 0.5 });
    return client;
  });
  const address = await house.http.listen({ host: '127.0.0.1', port: 0 });
  const phones: Phone[] = [];
  return {
    ...house,
    apns: apns!,
    address,
    newPhone(change = {}) {
      const phone = createPhone({
        deviceId: `phone-${phones.length}`,
        clock: house.clock.now,
        random: Math.random,
        rootCertificates: [house.chain.root.certificatePem],
        apns: apns!,
        http: { allowPlainHttp: true, reach: () => address },
        sleep: async () => {},
        ...change,
      });
      phones.push(phone);
      return phone;
    },
    async quiet() {
      await house.settle();
      for (const phone of phones) await phone.settled();
      await house.settle();
    },
    fileOf: (pass) => `${address}/c/${pass.guid}.pkpass`,
    pointsOn(phone, pass) {
      const card = phone.snapshot().cards.find(({ serialNumber }) => serialNumber === pass.serial);
      return (card?.pass.storeCard as { headerFields: { value: unknown }[] } | undefined)?.headerFields[0]?.value;
    },
    async close() {
      for (const phone of phones) await phone.stop();
      await client!.close();
      await apns!.stop();
      await house.close();
    },
  };
}

/** A proxy before a server that fails as often as it is told, and then passes everything on. */
export async function startFlakyProxy(target: string) {
  let failures = 0;
  const proxy = createServer((incoming, outgoing) => {
    if (failures > 0) {
      failures -= 1;
      outgoing.writeHead(503).end();
      return;
    }
    const { method, url, headers } = incoming;
    const passed = requestHttp(`${target}${url}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    failNext(times: number) {
      failures = times;
    },
    stop: () =>
      new Promise<void>((resolve) => {
        proxy.close(() => resolve());
        proxy.closeAllConnections();
      }),
  };
}

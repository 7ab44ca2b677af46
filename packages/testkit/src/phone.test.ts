import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Certificates,
  createPushHub,
  makeCertificates,
  startWalletService,
  type WalletService,
} from './phone.fixture.ts';
import { createPhone, type Phone, type PhoneOptions } from './phone.ts';

let certificates: Certificates;
let service: WalletService;
let hub: ReturnType<typeof createPushHub>;
const phones: Phone[] = [];

beforeAll(async () => {
  certificates = await makeCertificates();
});
beforeEach(async () => {
  service = await startWalletService(certificates);
  hub = createPushHub();
});
afterEach(async () => {
  for (const phone of phones.splice(0)) await phone.stop();
  await service.stop();
});

function makePhone(options: Partial<PhoneOptions> = {}): Phone {
  let seed = 7 + phones.length;
  const phone = createPhone({
    deviceId: `phone-${phones.length}`,
    clock: service.clock,
    random: () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    },
    rootCertificates: [service.chain.root.certificatePem],
    apns: hub,
    http: { ca: service.caPem },
    sleep: async () => {},
    ...options,
  });
  phones.push(phone);
  return phone;
}

async function installed(serial = 'card-1', options: Partial<PhoneOptions> = {}) {
  service.put(serial, { points: 100, tier: 'Silver' });
  const phone = makePhone(options);
  await phone.install(await service.bundle(serial));
  return phone;
}

/** A sale on the server, the push after it, and the phone's answer to that. */
async function change(phone: Phone, serial: string, points: number, tier = 'Silver') {
  service.pass(10);
  hub.push(service.put(serial, { points, tier }), service.typeIdentifier);
  await phone.settled();
}

const cardOf = (serial = 'card-1') => ({ typeIdentifier: service.typeIdentifier, serialNumber: serial });
const pointsOn = (phone: Phone, serial = 'card-1') => {
  const card = phone.snapshot().cards.find(({ serialNumber }) => serialNumber === serial);
  const style = card?.pass.storeCard as { headerFields: { value: number }[] } | undefined;
  return style?.headerFields[0]?.value;
};
const trafficOf = (phone: Phone) => phone.snapshot().requests.map(({ kind, status }) => `${kind} ${status}`);

describe('installing', () => {
  test('adds the card, registers it with the push token, and shows no token to others', async () => {
    const phone = await installed();
    expect(phone.snapshot().cards[0]).toMatchObject({ serialNumber: 'card-1', version: 1, registered: true });
    expect(Object.keys(phone.snapshot().cards[0]?.images ?? {})).toEqual(['icon.png', 'icon@2x.png', 'icon@3x.png']);
    expect(service.tokensOf('card-1')).toEqual([phone.pushToken()]);
    expect(trafficOf(phone)).toEqual(['register 201']);
    expect(JSON.stringify(phone.snapshot())).not.toContain('token-of-card');
  });

  test('refuses a bundle with one changed byte, or under a foreign root', async () => {
    service.put('card-1', { points: 1, tier: 'x' });
    const bundle = await service.bundle('card-1');
    bundle[200]! ^= 1;
    const phone = makePhone();
    expect((await phone.install(bundle)).status).toBe('refused');
    const stranger = makePhone({ rootCertificates: [service.caPem] });
    expect((await stranger.install(await service.bundle('card-1'))).status).toBe('refused');
    expect([...phone.snapshot().cards, ...stranger.snapshot().cards]).toEqual([]);
  });

  test('the same card again replaces it', async () => {
    const phone = await installed();
    expect((await phone.install(await service.bundle('card-1'))).status).toBe('replaced');
    expect(phone.snapshot().cards).toHaveLength(1);
    expect(trafficOf(phone)).toEqual(['register 201', 'register 200']);
  });

  test('keeps a card whose registration is refused, and says why', async () => {
    service.put('card-1', { points: 1, tier: 'x' });
    service.faults.next.push({ path: /POST .*registrations/, status: 401 });
    const phone = makePhone();
    await phone.install(await service.bundle('card-1'));
    await phone.settled();
    expect(phone.snapshot().cards[0]?.registered).toBe(false);
    expect(service.logs.join()).toContain('Authentication failure');
  });
});

describe('an update', () => {
  test('is fetched after a push, asked for without and then with the tag, and announced on the lock screen', async () => {
    const phone = await installed();
    await change(phone, 'card-1', 150);
    await change(phone, 'card-1', 175);
    expect(pointsOn(phone)).toBe(175);
    expect(trafficOf(phone)).toEqual(['register 201', 'list 200', 'get 200', 'list 200', 'get 200']);
    const lists = phone.snapshot().requests.filter(({ kind }) => kind === 'list');
    expect(lists.map(({ path }) => path.split('?')[1])).toEqual([undefined, 'passesUpdatedSince=102']);
    expect(phone.snapshot().messages.map(({ text }) => text)).toEqual(['You have 150 points', 'You have 175 points']);
    expect(phone.snapshot().logs).toEqual([]);
  });

  test('of two speaking fields at once gives only the general line, of the looks alone none', async () => {
    const phone = await installed('card-1', { language: 'ru' });
    await change(phone, 'card-1', 200, 'Gold');
    service.pass(10);
    hub.push(service.put('card-1', { points: 200, tier: 'Gold', color: 'rgb(0, 0, 0)' }), service.typeIdentifier);
    await phone.settled();
    expect(phone.snapshot().messages.map(({ text }) => text)).toEqual(['Карта изменилась']);
    expect(phone.snapshot().cards[0]?.version).toBe(3);
  });

  test('of two cards within one second reaches both', async () => {
    const phone = await installed('card-1');
    service.put('card-2', { points: 5, tier: 'x' });
    await phone.install(await service.bundle('card-2'));
    const tokens = service.put('card-1', { points: 101, tier: 'Silver' });
    hub.push(tokens, service.typeIdentifier);
    hub.push(service.put('card-2', { points: 6, tier: 'x' }), service.typeIdentifier);
    await phone.settled();
    expect([pointsOn(phone, 'card-1'), pointsOn(phone, 'card-2')]).toEqual([101, 6]);
  });

  test('that comes while another is being fetched is not lost', async () => {
    const phone = await installed();
    service.faults.onGet = () => {
      service.faults.onGet = undefined;
      hub.push(service.put('card-1', { points: 300, tier: 'Silver' }), service.typeIdentifier);
    };
    await change(phone, 'card-1', 200);
    expect(pointsOn(phone)).toBe(300);
  });

  test('survives a service that fails for a while, and one whose answer is damaged', async () => {
    const phone = await installed();
    service.faults.next.push({ path: /GET .*registrations/, status: 503 }, { path: /GET .*passes/, status: 500 });
    await change(phone, 'card-1', 120);
    expect(pointsOn(phone)).toBe(120);
    service.faults.damageBundles = true;
    await change(phone, 'card-1', 130);
    expect(pointsOn(phone)).toBe(120);
    expect(service.logs.join()).toContain('invalid data');
    service.faults.damageBundles = false;
    await change(phone, 'card-1', 140);
    expect(pointsOn(phone)).toBe(140);
  });

  test('is given up after a bounded number of tries, and comes with the next push', async () => {
    const phone = await installed('card-1', { pausesMilliseconds: [1, 2] });
    for (let i = 0; i < 3; i++) service.faults.next.push({ path: /GET .*passes/, status: 500 });
    await change(phone, 'card-1', 120);
    expect(trafficOf(phone).slice(2)).toEqual(['get 500', 'get 500', 'get 500', 'log 200']);
    hub.push(service.tokensOf('card-1'), service.typeIdentifier);
    await phone.settled();
    expect(pointsOn(phone)).toBe(120);
  });
});

describe('a wrong service is reported', () => {
  test('that lists a card again without change', async () => {
    const phone = await installed();
    await change(phone, 'card-1', 120);
    service.faults.listUnknown = 'card-1';
    hub.push(service.tokensOf('card-1'), service.typeIdentifier);
    await phone.settled();
    expect(service.logs.join()).toContain('pass was unchanged');
  });

  test('that ignores the condition, or leaves out the date', async () => {
    const phone = await installed();
    service.faults.omitLastModified = true;
    await change(phone, 'card-1', 120);
    expect(service.logs.join()).toContain("did not provide a 'last-modified'");
    service.faults.omitLastModified = false;
    await change(phone, 'card-1', 130);
    service.faults.ignoreCondition = true;
    await phone.pullToRefresh(cardOf());
    await phone.settled();
    expect(service.logs.join()).toContain("ignored the 'if-modified-since'");
  });

  test('that lists a card which this phone never registered', async () => {
    const phone = await installed();
    service.faults.listUnknown = 'card-9';
    await change(phone, 'card-1', 120);
    expect(service.logs.join()).toContain('unregistered serial number');
    expect(pointsOn(phone)).toBe(120);
  });
});

describe('the life of a phone', () => {
  test('automatic updates off unregisters and stays quiet; on registers and catches up', async () => {
    const phone = await installed();
    await phone.setAutomaticUpdates(cardOf(), false);
    expect(service.tokensOf('card-1')).toEqual([]);
    await change(phone, 'card-1', 120);
    expect(pointsOn(phone)).toBe(100);
    await phone.setAutomaticUpdates(cardOf(), true);
    expect(pointsOn(phone)).toBe(120);
  });

  test('pull to refresh brings the new version without a line on the lock screen', async () => {
    const phone = await installed();
    service.put('card-1', { points: 120, tier: 'Silver' });
    await phone.pullToRefresh(cardOf());
    expect(pointsOn(phone)).toBe(120);
    expect(phone.snapshot().messages).toEqual([]);
    await phone.pullToRefresh(cardOf());
    expect(trafficOf(phone)).toEqual(['register 201', 'get 200', 'get 304']);
  });

  test('a deleted card is unregistered, also when the first answer is 404, and a late push does not bring it back', async () => {
    const phone = await installed();
    const tokens = service.tokensOf('card-1');
    service.faults.next.push({ path: /DELETE/, status: 404 });
    await phone.remove(cardOf());
    expect(service.tokensOf('card-1')).toEqual([]);
    hub.push(tokens, service.typeIdentifier);
    await phone.settled();
    expect(phone.snapshot().cards).toEqual([]);
  });

  test('a card deleted while its new version is on the way stays silent', async () => {
    const phone = await installed();
    service.faults.onGet = () => void phone.remove(cardOf());
    await change(phone, 'card-1', 120);
    expect(phone.snapshot().cards).toEqual([]);
    expect(phone.snapshot().messages).toEqual([]);
  });

  test('a new push token is registered, and the old one dies', async () => {
    const phone = await installed();
    const old = phone.pushToken();
    await phone.changePushToken();
    expect(phone.pushToken()).not.toBe(old);
    expect(hub.banned).toEqual([old]);
    await change(phone, 'card-1', 120);
    expect(pointsOn(phone)).toBe(120);
  });

  test('a restored phone has the cards under an id of its own, and both are updated', async () => {
    const phone = await installed();
    const restored = await phone.restoreTo({ deviceId: 'new-phone' });
    phones.push(restored);
    expect(restored.deviceLibraryIdentifier(service.url)).not.toBe(phone.deviceLibraryIdentifier(service.url));
    expect(service.tokensOf('card-1')).toHaveLength(2);
    await change(phone, 'card-1', 120);
    await restored.settled();
    expect([pointsOn(phone), pointsOn(restored)]).toEqual([120, 120]);
  });

  test('a phone that was off gets the push that was kept, but not one that was not to be kept', async () => {
    const phone = await installed();
    await phone.setOnline(false);
    hub.push(service.put('card-1', { points: 110, tier: 'Silver' }), service.typeIdentifier, 0);
    await phone.setOnline(true);
    expect(pointsOn(phone)).toBe(100);
    await phone.setOnline(false);
    await change(phone, 'card-1', 120);
    expect(pointsOn(phone)).toBe(100);
    await phone.setOnline(true);
    expect(pointsOn(phone)).toBe(120);
  });

  test('a listener hears of every change until it is taken away', async () => {
    const phone = await installed();
    const seen: (number | undefined)[] = [];
    const stop = phone.onChange(() => seen.push(pointsOn(phone)));
    await change(phone, 'card-1', 120);
    expect(seen).toContain(120);
    stop();
    const heard = seen.length;
    await change(phone, 'card-1', 130);
    expect(seen).toHaveLength(heard);
  });
});

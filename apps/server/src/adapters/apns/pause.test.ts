import { randomBytes } from 'node:crypto';
import { startFakeApns } from '@tessera/testkit/apns';
import { type AppleChain, makeAppleChain, makeServerCertificate, reissueLeaf } from '@tessera/testkit/pki';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { createApnsClient } from './index.ts';

const start = Temporal.Now.instant();
let now = start;
let chain: AppleChain;
let other: AppleChain;
const cleanups: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  chain = await makeAppleChain({
    passTypeIdentifier: 'pass.example.loyalty',
    teamIdentifier: 'ABCDE12345',
    now: start,
  });
  other = await reissueLeaf(chain, { ...chain, passTypeIdentifier: 'pass.example.second', now: start });
});
afterEach(async () => {
  now = start;
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function open() {
  const clientCa = [chain.root.certificatePem, chain.intermediate.certificatePem];
  const server = await makeServerCertificate({ now: start });
  const apns = await startFakeApns({ server, clientCa, clock: () => start });
  const client = createApnsClient({
    url: apns.url,
    ca: apns.caPem,
    clock: () => now,
    random: () => 0.5,
    firstPauseMilliseconds: 1,
    maximumTries: 2,
  });
  cleanups.push(
    () => apns.stop(),
    () => client.close(),
  );
  const push = (from: AppleChain = chain) =>
    client.push({
      credential: { ...from.leaf, topic: from.passTypeIdentifier },
      pushToken: randomBytes(32).toString('hex'),
    });
  return { apns, push };
}

test('a pause that the service asks for holds all pushes of that certificate, and only that one, to the second', async () => {
  const { apns, push } = await open();
  apns.control.answerNext({ status: 503, reason: 'ServiceUnavailable', retryAfterSeconds: 60 });
  expect(await push()).toMatchObject({ status: 'retry_later', afterSeconds: 60 });
  now = start.add({ seconds: 45 });
  expect(await push()).toMatchObject({ status: 'retry_later', reason: 'ServiceUnavailable', afterSeconds: 15 });
  expect(apns.requestCount()).toBe(1);
  expect((await push(other)).status).toBe('accepted');
  now = start.add({ seconds: 60 });
  expect((await push()).status).toBe('accepted');
});

test('too many pushes for one device hold that device alone', async () => {
  const { apns, push } = await open();
  apns.control.answerNext({ status: 429, reason: 'TooManyRequests', retryAfterSeconds: 60 });
  expect(await push()).toMatchObject({ status: 'retry_later', afterSeconds: 60 });
  expect((await push()).status).toBe('accepted');
});

test('a service that fails and fails is left alone for a while, and then asked again', async () => {
  const { apns, push } = await open();
  apns.control.answerNext({ status: 500, reason: 'InternalServerError' }, 20);
  for (let i = 0; i < 10; i++) await push();
  expect(apns.requestCount()).toBe(20);
  expect(await push()).toMatchObject({ status: 'retry_later', afterSeconds: 30 });
  expect(apns.requestCount()).toBe(20);
  now = start.add({ seconds: 31 });
  expect((await push()).status).toBe('accepted');
});

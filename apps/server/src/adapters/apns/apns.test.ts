import { randomBytes } from 'node:crypto';
import { createSecureServer } from 'node:http2';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type FakeApns, type FakeApnsOptions, startFakeApns } from '@tessera/testkit/apns';
import { type AppleChain, makeAppleChain, makeServerCertificate, reissueLeaf } from '@tessera/testkit/pki';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type ApnsClientOptions, type ApnsCredential, createApnsClient, type PushResult } from './index.ts';

const now = Temporal.Now.instant();
const topic = 'pass.example.loyalty';
let chain: AppleChain;
let server: Awaited<ReturnType<typeof makeServerCertificate>>;
const cleanups: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  chain = await makeAppleChain({ passTypeIdentifier: topic, teamIdentifier: 'ABCDE12345', now });
  server = await makeServerCertificate({ now });
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const credentialOf = (from: AppleChain): ApnsCredential => ({ ...from.leaf, topic: from.passTypeIdentifier });
const newToken = () => randomBytes(32).toString('hex');

async function start(fakeOptions: Partial<FakeApnsOptions> = {}, clientOptions: Partial<ApnsClientOptions> = {}) {
  const clientCa = [chain.root.certificatePem, chain.intermediate.certificatePem];
  const apns = await startFakeApns({ server, clientCa, clock: () => now, ...fakeOptions });
  cleanups.push(() => apns.stop());
  const { client, lines } = makeClient(apns, clientOptions);
  return { apns, client, lines };
}

function makeClient(apns: Pick<FakeApns, 'url' | 'caPem'>, options: Partial<ApnsClientOptions> = {}) {
  const lines: string[] = [];
  const write = (fields: object, message: string) => void lines.push(`${JSON.stringify(fields)} ${message}`);
  const client = createApnsClient({
    url: apns.url,
    ca: apns.caPem,
    clock: () => now,
    random: () => 0.5,
    firstPauseMilliseconds: 1,
    log: { warn: write, error: write },
    ...options,
  });
  cleanups.push(() => client.close());
  return { client, lines };
}

async function pushMany(client: ReturnType<typeof makeClient>['client'], count: number) {
  const results: PushResult[] = [];
  const requests = Array.from({ length: count }, () => ({ credential: credentialOf(chain), pushToken: newToken() }));
  await client.pushAll(requests, (result) => void results.push(result));
  return { results, tokens: requests.map(({ pushToken }) => pushToken) };
}

describe('a push', () => {
  test('carries the topic, three days of life and, after a sale, the quick priority without a type', async () => {
    const { apns, client } = await start();
    const id = '3f1d2a90-0a4b-4c5d-8e6f-708192a3b4c5';
    const pushToken = newToken();
    const result = await client.push({ credential: credentialOf(chain), pushToken, id });
    expect(result).toEqual({ status: 'accepted', apnsId: id });
    const expiration = Math.floor(now.epochMilliseconds / 1000) + 259_200;
    expect(apns.pushes()).toEqual([{ token: pushToken, topic, id, priority: 10, expiration, at: now }]);
  });

  test('in bulk goes as background with the low priority', async () => {
    const { apns, client } = await start();
    await client.push({ credential: credentialOf(chain), pushToken: newToken(), mode: 'bulk' });
    expect(apns.pushes()[0]).toMatchObject({ priority: 5, pushType: 'background' });
  });

  test('to a token that is not hexadecimal never reaches Apple', async () => {
    const { apns, client } = await start();
    const result = await client.push({ credential: credentialOf(chain), pushToken: 'fcm:APA91b/../x' });
    expect(result.status).toBe('bad_token');
    expect(apns.connectionCount()).toBe(0);
  });
});

describe('one connection', () => {
  test('follows a limit of 1 that is raised to 100: no request is refused, all share one connection', async () => {
    const { apns, client } = await start({ streamLimit: { first: 1, later: 100 } });
    const { results } = await pushMany(client, 1000);
    expect(results.every(({ status }) => status === 'accepted')).toBe(true);
    expect(apns.requestCount()).toBe(1000);
    expect(apns.connectionCount()).toBe(1);
    expect(apns.widestConcurrency()).toBeGreaterThan(10);
    expect(apns.widestConcurrency()).toBeLessThanOrEqual(100);
  });

  test('risks one request until the first answer, whatever limit is announced', async () => {
    const { apns, client } = await start(
      { streamLimit: { first: 100, later: 100 } },
      { requestTimeoutMilliseconds: 400 },
    );
    apns.control.setSilence(true);
    const results = pushMany(client, 5);
    await expect.poll(() => apns.requestCount()).toBe(1);
    apns.control.setSilence(false);
    await results;
    expect(apns.widestConcurrency()).toBeLessThanOrEqual(4);
  });

  test('that says GOAWAY midway is replaced, and every push arrives', async () => {
    const { apns, client } = await start({ streamLimit: { first: 1, later: 20 } });
    apns.control.goAway({ afterRequests: 100 });
    const { results, tokens } = await pushMany(client, 300);
    expect(results.every(({ status }) => status === 'accepted')).toBe(true);
    expect(new Set(apns.pushes().map(({ token }) => token))).toEqual(new Set(tokens));
    expect(apns.connectionCount()).toBe(2);
  });

  test('whose server announces its shutdown by 503 is replaced', async () => {
    const { apns, client } = await start();
    apns.control.answerNext({ status: 503, reason: 'Shutdown' });
    expect((await pushMany(client, 3)).results.map(({ status }) => status)).toEqual(Array(3).fill('accepted'));
    expect(apns.connectionCount()).toBe(2);
  });

  test('whose peer fell silent, pings included, is replaced', async () => {
    const { apns } = await start();
    const wire = await startFreezableWire(apns.port);
    const { client } = makeClient(
      { url: wire.url, caPem: apns.caPem },
      { pingWhenSilentMilliseconds: 20, pingTimeoutMilliseconds: 200, requestTimeoutMilliseconds: 4000 },
    );
    const send = () => client.push({ credential: credentialOf(chain), pushToken: newToken() });
    expect((await send()).status).toBe('accepted');
    wire.freeze();
    expect((await send()).status).toBe('accepted');
    expect(apns.connectionCount()).toBe(2);
  });
});

describe('a refusal', () => {
  test('of a dead token tells since when it is dead, and is not retried', async () => {
    const { apns, client } = await start();
    const pushToken = newToken();
    const at = Temporal.Instant.from('2026-11-01T12:00:00.123Z');
    apns.control.banToken(pushToken, at);
    const result = await client.push({ credential: credentialOf(chain), pushToken });
    expect(result.status === 'unregistered' && result.at.equals(at)).toBe(true);
    expect(apns.requestCount()).toBe(1);
  });

  test('for a topic that is not in the certificate is a misconfiguration', async () => {
    const { client } = await start();
    const result = await client.push({
      credential: { ...chain.leaf, topic: 'pass.example.other' },
      pushToken: newToken(),
    });
    expect(result).toEqual({ status: 'misconfigured', reason: 'TopicDisallowed' });
  });

  test('of a topic that cannot be one comes from us, without a connection', async () => {
    const { apns, client } = await start();
    const credential = { ...chain.leaf, topic: 'pass.x\r\nx: y' };
    expect((await client.push({ credential, pushToken: newToken() })).status).toBe('misconfigured');
    expect(apns.connectionCount()).toBe(0);
  });

  test('429 is given back with a pause and not retried at once', async () => {
    const { apns, client } = await start();
    apns.control.answerNext({ status: 429, reason: 'TooManyRequests', retryAfterSeconds: 90 });
    const result = await client.push({ credential: credentialOf(chain), pushToken: newToken() });
    expect(result).toEqual({ status: 'retry_later', reason: 'TooManyRequests', afterSeconds: 90 });
    expect(apns.requestCount()).toBe(1);
  });

  test('503 is retried, and after the last try given back', async () => {
    const { apns, client } = await start({}, { maximumTries: 3 });
    apns.control.answerNext({ status: 503, reason: 'ServiceUnavailable' }, 2);
    expect((await client.push({ credential: credentialOf(chain), pushToken: newToken() })).status).toBe('accepted');
    apns.control.answerNext({ status: 500, reason: 'InternalServerError' }, 3);
    const result = await client.push({ credential: credentialOf(chain), pushToken: newToken() });
    expect(result).toEqual({ status: 'retry_later', reason: 'InternalServerError' });
    expect(apns.requestCount()).toBe(6);
  });

  test('by silence ends with the time-out', async () => {
    const { apns, client } = await start({}, { requestTimeoutMilliseconds: 80 });
    apns.control.setSilence(true);
    const result = await client.push({ credential: credentialOf(chain), pushToken: newToken() });
    expect(result).toEqual({ status: 'retry_later', reason: 'Timeout' });
  });
});

describe('a certificate', () => {
  test('of a foreign authority is a rejected credential', async () => {
    const { client } = await start();
    const stranger = await makeAppleChain({ passTypeIdentifier: topic, teamIdentifier: 'ABCDE12345', now });
    const result = await client.push({ credential: credentialOf(stranger), pushToken: newToken() });
    expect(result).toEqual({ status: 'rejected_credential', reason: 'BadCertificate' });
  });

  test('out of date is a rejected credential', async () => {
    const { client } = await start();
    const notBefore = now.subtract({ hours: 24 * 400 });
    const old = await reissueLeaf(chain, { ...chain, now, notBefore, leafDays: 365 });
    const result = await client.push({ credential: credentialOf(old), pushToken: newToken() });
    expect(result.status).toBe('rejected_credential');
  });

  test('refused by a TLS alert is a rejected credential, and the verdict stands without a new connection', async () => {
    const alerting = await startAlertingServer();
    const { client } = makeClient({ url: alerting.url, caPem: alerting.certificatePem });
    for (let i = 0; i < 3; i++) {
      const result = await client.push({ credential: credentialOf(chain), pushToken: newToken() });
      expect(result.status).toBe('rejected_credential');
    }
    expect(alerting.connectionCount()).toBe(1);
  });

  test('that does not fit its key is a rejected credential', async () => {
    const { client } = await start();
    const other = await reissueLeaf(chain, { ...chain, now });
    const credential = { ...credentialOf(chain), privateKeyPem: other.leaf.privateKeyPem };
    expect((await client.push({ credential, pushToken: newToken() })).status).toBe('rejected_credential');
  });

  test('of the server that nobody we trust has signed is a misconfiguration', async () => {
    const { apns } = await start();
    const { client } = makeClient({ url: apns.url, caPem: chain.root.certificatePem });
    const result = await client.push({ credential: credentialOf(chain), pushToken: newToken() });
    expect(result.status).toBe('misconfigured');
  });
});

describe('the client', () => {
  test('gives pushes back when nobody listens, after a bounded number of tries', async () => {
    const { apns, client } = await start();
    await apns.stop();
    const result = await client.push({ credential: credentialOf(chain), pushToken: newToken() });
    expect(result).toMatchObject({ status: 'retry_later', reason: 'Unreachable ECONNREFUSED' });
  });

  test('never writes a push token into its log', async () => {
    const { apns, client, lines } = await start({}, { maximumTries: 1 });
    const pushToken = newToken();
    for (const status of [400, 403, 429, 500]) {
      apns.control.answerNext({ status, reason: `Reason${'x'.repeat(status % 7)}` });
      await client.push({ credential: credentialOf(chain), pushToken });
    }
    expect(lines).toHaveLength(4);
    expect(lines.join('\n')).not.toContain(pushToken.slice(0, 12));
  });

  test('settles everything when it is closed', async () => {
    const { client } = await start();
    const credential = credentialOf(chain);
    const results = Array.from({ length: 50 }, () => client.push({ credential, pushToken: newToken() }));
    await client.close();
    const statuses = new Set((await Promise.all(results)).map(({ status }) => status));
    expect([...statuses].every((status) => status === 'accepted' || status === 'retry_later')).toBe(true);
    expect(await client.push({ credential, pushToken: newToken() })).toEqual({
      status: 'retry_later',
      reason: 'Closed',
    });
  });

  test('keeps a separate connection for each certificate and closes the one idle longest', async () => {
    const { apns, client } = await start({}, { maximumConnections: 1 });
    const other = await reissueLeaf(chain, { ...chain, passTypeIdentifier: 'pass.example.second', now });
    for (const from of [chain, other, chain]) {
      const result = await client.push({ credential: credentialOf(from), pushToken: newToken() });
      expect(result.status).toBe('accepted');
    }
    expect(apns.connectionCount()).toBe(3);
  });
});

/** A wire before the fake that can be cut without closing: what was open goes dead, new connections work. */
async function startFreezableWire(port: number) {
  const pairs: [Socket, Socket][] = [];
  const wire = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
    near.pipe(far).pipe(near);
    pairs.push([near, far]);
  });
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve));
  cleanups.push(async () => {
    for (const [near, far] of pairs) {
      near.destroy();
      far.destroy();
    }
    await new Promise((resolve) => wire.close(resolve));
  });
  return {
    url: `https://127.0.0.1:${(wire.address() as AddressInfo).port}`,
    freeze() {
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
        near.pause();
        far.pause();
      }
    },
  };
}

/** A server that takes only certificates for signatures that an RSA client cannot make: OpenSSL then sends a real alert. */
async function startAlertingServer() {
  const { certificatePem, privateKeyPem } = await makeEllipticServerCertificate();
  let connections = 0;
  const alerting = createSecureServer({
    key: privateKeyPem,
    cert: certificatePem,
    requestCert: true,
    rejectUnauthorized: true,
    sigalgs: 'ECDSA+SHA256',
  });
  alerting.on('connection', () => {
    connections += 1;
  });
  alerting.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => alerting.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => new Promise((resolve) => alerting.close(resolve)));
  const { port } = alerting.address() as AddressInfo;
  return { url: `https://127.0.0.1:${port}`, certificatePem, connectionCount: () => connections };
}

async function makeEllipticServerCertificate() {
  const { X509CertificateGenerator, SubjectAlternativeNameExtension } = await import('@peculiar/x509');
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=127.0.0.1',
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(now.subtract({ hours: 1 }).epochMilliseconds),
    notAfter: new Date(now.add({ hours: 1 }).epochMilliseconds),
    extensions: [new SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])],
  });
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const privateKeyPem = `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`;
  return { certificatePem: certificate.toString('pem'), privateKeyPem };
}

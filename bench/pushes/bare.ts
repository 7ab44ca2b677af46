/**
 * The physical limit: one http2 connection, the same requests to the same service, as fast as it lets streams be open.
 * `bare.ts <ground as JSON> <service as JSON>`; told a number of pushes it answers the seconds they took.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:http2';
import type { AppleReady } from './apple.ts';
import { PASS_TYPE, type PushGround } from './ground.ts';

/** As many as the service lets be open once it has answered. */
const STREAMS = 1_000;

async function send(ground: PushGround, service: AppleReady, pushes: number): Promise<number> {
  const { chain } = ground;
  const session = connect(service.url, {
    ca: service.ca,
    cert: chain.leaf.certificatePem + chain.intermediate.certificatePem,
    key: chain.leaf.privateKeyPem,
  });
  await once(session, 'connect');
  const expiration = String(Math.floor(Date.now() / 1_000) + 3 * 24 * 3_600);
  const push = (n: number) =>
    new Promise<void>((resolve, reject) => {
      const request = session.request({
        ':method': 'POST',
        ':path': `/3/device/${n.toString(16).padStart(64, '0')}`,
        'apns-id': randomUUID(),
        'apns-topic': PASS_TYPE,
        'apns-expiration': expiration,
        'apns-push-type': 'background',
        'apns-priority': '5',
      });
      request.on('response', (headers) => {
        if (headers[':status'] !== 200) reject(new Error(`The service answered ${headers[':status']}.`));
      });
      request.on('end', resolve).on('error', reject).resume().end('{}');
    });
  // The first answer opens the window.
  await push(pushes);
  const start = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: STREAMS }, async () => {
      while (next < pushes) await push(next++);
    }),
  );
  const seconds = (performance.now() - start) / 1_000;
  session.close();
  return seconds;
}

async function main(): Promise<void> {
  const [ground, service] = process.argv.slice(2).map((json) => JSON.parse(json)) as [PushGround, AppleReady];
  process.on('message', async (pushes: number) => process.send?.(await send(ground, service, pushes)));
  process.on('disconnect', () => process.exit(0));
  process.send?.('ready');
}

await main();

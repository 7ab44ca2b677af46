import { createServer } from 'node:net';

/**
 * Rejects at once with what `listen` would reject with minutes later: the port is taken, or the address is not this
 * machine's. Asked before a first start makes passwords that nobody would then be shown.
 */
export async function checkListening(port: number, host: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}

import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { checkListening } from './listening.ts';

test('a taken port is told, and a free one is left free', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen({ port: 0, host: '127.0.0.1' }, resolve));
  const { port } = other.address() as AddressInfo;
  await expect(checkListening(port, '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await new Promise((resolve) => other.close(resolve));
  await checkListening(port, '127.0.0.1');
  await checkListening(port, '127.0.0.1');
});

test('an address of another machine is told', async () => {
  await expect(checkListening(0, '192.0.2.1')).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' });
});

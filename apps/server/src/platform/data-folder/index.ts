import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, realpath, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Claim =
  | { readonly ok: true /** Gives the folder free again. */; readonly release: () => Promise<void> }
  | { readonly ok: false /** The process that holds the folder, if it said so. */; readonly pid?: number };

/**
 * Makes the data folder if it is missing (for its owner alone) and claims it for this process, so that two programs
 * never work on the same data.
 *
 * The claim is a listening socket whose name stands for the folder: the kernel takes it back when the process ends,
 * however it ends. It holds within one machine (and one container), not across a network file system.
 */
export async function claimDataFolder(folder: string): Promise<Claim> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const address = claimAddress(await realpath(folder));
  for (let attempt = 1; ; attempt += 1) {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(`${process.pid}\n`);
    });
    if (await listens(server, address)) {
      server.unref();
      return { ok: true, release: () => close(server) };
    }
    const holder = await askHolder(address);
    if (holder !== 'nobody') return { ok: false, ...(holder === 'unknown' ? {} : { pid: holder }) };
    if (attempt === 3) return { ok: false };
    // A socket file (where names without files do not exist) outlives a killed process.
    if (address.startsWith('/')) await rm(address, { force: true });
  }
}

function claimAddress(realFolder: string): string {
  const name = `tessera-${createHash('sha256').update(realFolder).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${name}`;
  if (process.platform === 'win32') return `\\\\?\\pipe\\${name}`;
  return join(tmpdir(), `${name}.sock`);
}

async function listens(server: Server, address: string): Promise<boolean> {
  server.listen(address);
  try {
    await once(server, 'listening');
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return false;
    throw error;
  }
}

/** Asks whoever listens for his process number. He may be too busy to answer, or just gone. */
async function askHolder(address: string): Promise<number | 'unknown' | 'nobody'> {
  const socket = connect(address);
  socket.setTimeout(1_000, () => socket.destroy());
  let said = '';
  socket.on('data', (chunk: Buffer) => {
    if (said.length < 20) said += chunk.toString();
  });
  try {
    await once(socket, 'connect');
  } catch {
    return 'nobody';
  }
  await once(socket, 'close').catch(() => undefined);
  const pid = Number(said.trim());
  return Number.isInteger(pid) && pid > 0 ? pid : 'unknown';
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}

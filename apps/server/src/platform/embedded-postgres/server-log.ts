import { statSync, truncateSync } from 'node:fs';
import { open, rename, stat } from 'node:fs/promises';

const limitBytes = 5 * 1024 * 1024;
const checkEveryMs = 60_000;

export interface ServerLog {
  /** To be handed to the server as its standard error; it outlives us, as a pipe would not. */
  readonly descriptor: number;
  close(): Promise<void>;
}

/** Opens the log of the database server for appending and keeps it below 5 MB; one older file stays beside it. */
export async function openServerLog(path: string): Promise<ServerLog> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > limitBytes / 2) await rename(path, `${path}.1`);
  const file = await open(path, 'a', 0o600);
  const timer = setInterval(() => emptyWhenTooLong(path), checkEveryMs);
  timer.unref();
  return {
    descriptor: file.fd,
    async close() {
      clearInterval(timer);
      await file.close();
    },
  };
}

/** The server appends, so it simply goes on at the new beginning. */
export function emptyWhenTooLong(path: string): void {
  try {
    if (statSync(path).size > limitBytes) truncateSync(path, 0);
  } catch {
    // Somebody tidied the file away: nothing to shorten.
  }
}

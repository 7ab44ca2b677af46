import type { Reply } from '../../platform/http/index.ts';

const LISTENERS_MAX = 100;
const KEEP_ALIVE_MILLISECONDS = 20_000;

export type LiveFeed = {
  /** Tells all open pages to look again. */
  tell(): void;
  /** Keeps a page's connection open as Server-Sent Events. */
  open(reply: Reply): void;
  version(): string;
  close(): void;
};

/** Server-Sent Events without content: any event means «look again». Bounded in listeners. */
export function createLiveFeed(): LiveFeed {
  const listeners = new Set<Reply['raw']>();
  let version = 0;
  const keepAlive = setInterval(() => {
    for (const listener of listeners) listener.write(': still here\n\n');
  }, KEEP_ALIVE_MILLISECONDS);
  keepAlive.unref();
  return {
    tell() {
      version += 1;
      for (const listener of listeners) listener.write(`event: change\ndata: ${version}\n\n`);
    },
    open(reply) {
      reply.hijack();
      const { raw } = reply;
      if (listeners.size >= LISTENERS_MAX) {
        raw.writeHead(503).end();
        return;
      }
      raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      raw.write(`event: change\ndata: ${version}\n\n`);
      listeners.add(raw);
      raw.on('close', () => listeners.delete(raw));
    },
    version: () => String(version),
    close() {
      clearInterval(keepAlive);
      for (const listener of listeners) listener.end();
    },
  };
}

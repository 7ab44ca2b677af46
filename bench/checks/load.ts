import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Writes one request on a kept-alive connection and waits for its whole answer, head and body as latin1. */
export type Caller = { call(body: string): Promise<string>; end(): void };

export type CallOptions = {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
};

/**
 * A client as thin as it can be, since it shares the machine with the server: one socket, one request at a time. Any
 * answer but 200 ends the measurement.
 */
export async function connectCaller({ port, path, headers }: CallOptions): Promise<Caller> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  const lines = Object.entries({ host: 'localhost', 'content-type': 'application/json', ...headers });
  const head = [`POST ${path} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${value}`)].join('\r\n');
  return {
    call: (body) => exchange(socket, `${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`),
    end: () => socket.destroy(),
  };
}

function exchange(socket: Socket, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const finish = (error?: Error) => {
      socket.off('data', onData).off('error', finish).off('close', onClose);
      error ? reject(error) : resolve(received);
    };
    const onClose = () => finish(new Error('the server closed the connection'));
    // latin1: one character is one byte, so lengths are bytes.
    const onData = (chunk: Buffer) => {
      received += chunk.toString('latin1');
      const headEnd = received.indexOf('\r\n\r\n');
      if (headEnd < 0) return;
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(received)?.[1] ?? Number.NaN);
      if (!received.startsWith('HTTP/1.1 200') || Number.isNaN(length)) finish(new Error(received.slice(0, 1_000)));
      else if (received.length >= headEnd + 4 + length) finish();
    };
    socket.on('data', onData).on('error', finish).on('close', onClose);
    socket.write(request);
  });
}

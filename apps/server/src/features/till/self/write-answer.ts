import { type ErrorCode, errors, type Refusal } from '@tessera/contract';
import { errorBody, type Reply, type Request } from '../../../platform/http/index.ts';
import { type Fields, isOlder } from './read-request.ts';

/** What a script is told: facts by name, and a sentence for the cashier. */
export type Told = { facts: Readonly<Record<string, string | number | boolean | null>>; message: string };

type Format = { text: boolean; older: boolean };

/** Plain text where it is asked for, by `format=text` or by what the script accepts. */
export function formatOf(request: Request, fields: Fields): Format {
  const accept = request.headers.accept ?? '';
  const charset =
    fields.get('charset') ?? /charset=([\w-]+)/i.exec(accept)?.[1] ?? charsetHeader(request.headers['accept-charset']);
  const asked = fields.get('format')?.toLowerCase();
  const text = asked === undefined ? /\btext\/plain\b/i.test(accept) : asked === 'text' || asked === 'txt';
  return { text, older: isOlder(charset ?? null) };
}

const charsetHeader = (header: string | string[] | undefined): string | undefined =>
  (typeof header === 'string' ? header : undefined)?.split(/[,;]/)[0];

export function sendTold(reply: Reply, { text, older }: Format, { facts, message }: Told): Reply {
  if (!text) return reply.send({ ok: true, ...facts, message });
  return sendLines(reply, older, ['OK', ...Object.entries(facts).map(lineOf), lineOf(['message', message])]);
}

/**
 * A refusal. As text it comes with status 200: script engines throw the body of other answers away, and with it the words
 * that the cashier should read.
 */
export function sendRefused(request: Request, reply: Reply, { text, older }: Format, refusal: Refusal): Reply {
  const { error } = errorBody(refusal, request.t);
  if (!text) return reply.code(errors[error.code as ErrorCode].status).send({ error });
  const params = Object.entries(refusal.params ?? {}).map(lineOf);
  return sendLines(reply, older, [
    'ERROR',
    lineOf(['code', error.code]),
    ...params,
    lineOf(['message', error.message]),
  ]);
}

const lineOf = ([name, value]: [string, string | number | boolean | null]): string => {
  const shown = typeof value === 'boolean' ? (value ? '1' : '0') : String(value ?? '');
  return `${name}=${shown.replace(/[\r\n]+/g, ' ')}`;
};

function sendLines(reply: Reply, older: boolean, lines: readonly string[]): Reply {
  const text = `${lines.join('\r\n')}\r\n`;
  if (!older) return reply.type('text/plain; charset=utf-8').send(text);
  return reply.type('text/plain; charset=windows-1251').send(toWindows1251(text));
}

let table: ReadonlyMap<string, number> | null = null;

/** What windows-1251 has no letter for becomes a question mark. */
export function toWindows1251(text: string): Buffer {
  table ??= new Map(
    [...new TextDecoder('windows-1251').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))].map(
      (letter, byte) => [letter, byte],
    ),
  );
  const letters = table;
  // No-break spaces of sums are there, narrow ones are not.
  return Buffer.from([...text.replace(/[\u2009\u202f]/g, '\u00a0')].map((letter) => letters.get(letter) ?? 0x3f));
}

import { type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * Structured logs on standard output, one JSON object a line. What is logged is chosen field by field where it is
 * logged: ids, codes, counts and milliseconds, never a body, a header, a phone, a name or a token.
 */
export function createLog(level: string, write?: (line: string) => void): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    // The framework's own lines call it `err`.
    serializers: { error: describeError, err: describeError },
  };
  return write ? pino(options, { write }) : pino(options);
}

/**
 * What a log may know of a thrown error: its class, code and where it was thrown. A message of PostgreSQL or of a
 * parser may quote the value that it did not like, so it stays out.
 */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error ? error.code : undefined;
  const stack = error.stack ?? '';
  // The message stands in the stack as well, and may look like a place itself.
  const said = stack.indexOf(error.message);
  const frames = (said < 0 ? '' : stack.slice(said + error.message.length)).split('\n').filter(isFrame);
  return { type: error.name, code, at: frames.slice(0, 6).map((line) => line.trim()) };
}

const isFrame = (line: string): boolean => /^\s+at \S/.test(line);

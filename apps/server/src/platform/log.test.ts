import { describe, expect, test } from 'vitest';
import { createLog } from './log.ts';

const SECRET = '+7 912 345-67-89';

/** What the log writes for one call. */
function written(say: (log: ReturnType<typeof createLog>) => void): { text: string; line: Record<string, unknown> } {
  const lines: string[] = [];
  say(createLog('debug', (line) => lines.push(line)));
  return { text: lines.join(''), line: JSON.parse(lines[0] ?? '{}') };
}

describe('the log', () => {
  test.each(['error', 'err'])('says of a thrown error (%s) its class, code and place, never its message', (name) => {
    class DatabaseError extends Error {
      override name = 'DatabaseError';
      code = '23505';
      detail = `Key (phone)=(${SECRET}) already exists.`;
    }
    const { text, line } = written((log) => log.error({ [name]: new DatabaseError(`duplicate ${SECRET}`) }, 'failed'));
    expect(text).not.toContain(SECRET);
    expect(line).toMatchObject({ level: 'error', msg: 'failed', [name]: { type: 'DatabaseError', code: '23505' } });
    const { at } = line[name] as { at: string[] };
    expect(at[0]).toMatch(/^at .*log\.test\.ts/);
  });

  test('says nothing of a message of several lines either', () => {
    const { text } = written((log) => log.error({ error: new Error(`first\nat ${SECRET}\nthird`) }, 'failed'));
    expect(text).not.toContain(SECRET);
  });

  test('says nothing of a thing that was thrown and is no error', () => {
    const { text } = written((log) => log.error({ error: SECRET }, 'failed'));
    expect(text).not.toContain(SECRET);
  });

  test('writes one JSON object a line, with its time', () => {
    const { line } = written((log) => log.info({ companyId: 1 }, 'hello'));
    expect(Object.keys(line)).toEqual(['level', 'time', 'companyId', 'msg']);
    expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });
});

import { describe, expect, test } from 'vitest';
import { readDeviceLogs } from './device-log.ts';

const kindOf = (message: string) => readDeviceLogs({ logs: [message] })[0]?.kind;

describe('complaints of phones', () => {
  test.each([
    [
      'Web service error for pass.a.b: Server requested update to serial number X, but the pass was unchanged.',
      'unchanged',
    ],
    ["Server ignored the 'if-modified-since' header and returned the full unchanged pass", 'ignored_if_modified_since'],
    ["Server response was malformed (Server did not provide a 'last-modified' header)", 'no_last_modified'],
    ['Response to update request contained unregistered serial number X', 'unregistered_serial'],
    ['Get serial #s task (for device x) encountered error: Unexpected response code 401', 'list_unauthorized'],
    ['Register task (pass type pass.a.b) encountered error: Authentication failure', 'authentication'],
    ['Get pass task (pass type pass.a.b) encountered error: Unexpected response code 500', 'fetch_failed'],
    ['Something new', 'other'],
  ])('«%s» is %s', (message, kind) => expect(kindOf(message)).toBe(kind));

  test('name their pass type, and nothing that opens or names a card', () => {
    const secrets = ['0123456789ABCDEFGHJKMNPQ', 'd'.repeat(32), 'short-1'];
    const text = `Get pass task (pass type pass.com.example.card, serial number ${secrets[2]}) for /devices/${secrets[1]}/registrations/pass.com.example.card/${secrets[0]}`;
    const [entry] = readDeviceLogs({ logs: [text] });
    expect(entry?.passType).toBe('pass.com.example.card');
    for (const secret of secrets) expect(entry?.message).not.toContain(secret);
  });

  test('cannot draw: control and formatting characters are gone', () => {
    const [entry] = readDeviceLogs({ logs: ['a\u0000b\u001b[31m\nc\u202ed'] });
    expect(entry?.message).toBe('a b [31m c d');
  });

  test('are few and short', () => {
    const entries = readDeviceLogs({ logs: Array.from({ length: 500 }, () => 'word '.repeat(1000)) });
    expect(entries).toHaveLength(50);
    expect(entries.every(({ message }) => message.length <= 500)).toBe(true);
  });

  test.each([undefined, null, 'x', 5, {}, { logs: 'x' }, { logs: [5, null, {}] }, []])(
    '%j is nonsense, and harmless',
    (body) => expect(readDeviceLogs(body)).toEqual([]),
  );
});

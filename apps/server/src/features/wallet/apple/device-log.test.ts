import { describe, expect, test } from 'vitest';
import { readDeviceLogs, reportKinds } from './device-log.ts';

const kindOf = (message: string) => readDeviceLogs({ logs: [message] })[0]?.kind;

/** One sentence of every kind, as phones write them. */
const sentences: readonly (readonly [string, (typeof reportKinds)[number]])[] = [
  [
    '[2026-11-22 10:00:00 +0300] Web service error for pass.a.b: Server requested update to serial number X, but the pass was unchanged.',
    'unchanged',
  ],
  ["Server ignored the 'if-modified-since' header and returned the full unchanged pass", 'ignored_if_modified_since'],
  ["Server response was malformed (Server did not provide a 'last-modified' header)", 'no_last_modified'],
  ['Response to update request contained unregistered serial number X', 'unregistered_serial'],
  ['Get serial #s task (for device x) encountered error: Unexpected response code 401', 'list_unauthorized'],
  ['Register task (pass type pass.a.b) encountered error: Authentication failure', 'authentication'],
  ['Get pass task (pass type pass.a.b) encountered error: Received invalid data', 'unreadable_pass'],
  ['Get serial #s task encountered error: Server response was malformed', 'malformed_answer'],
  ['Get pass task encountered error: The certificate for this server is invalid.', 'untrusted_server'],
  ['Get pass task encountered error: The request timed out.', 'no_connection'],
  ['Register task (pass type pass.a.b) encountered error: Unexpected response code 500', 'register_failed'],
  ['Unregister task (pass type pass.a.b) encountered error: Unexpected response code 500', 'unregister_failed'],
  ['Get serial #s task encountered error: Unexpected response code 500', 'list_failed'],
  ['Get pass task (pass type pass.a.b) encountered error: Unexpected response code 500', 'fetch_failed'],
  ['Something new', 'other'],
];

describe('reports of phones', () => {
  test.each(sentences)('«%s» is %s', (message, kind) => expect(kindOf(message)).toBe(kind));

  test('of every kind are tried here', () => {
    expect(new Set(sentences.map(([, kind]) => kind))).toEqual(new Set(reportKinds));
  });

  test('with a known meaning keep no words at all', () => {
    for (const [message, kind] of sentences) {
      const [entry] = readDeviceLogs({ logs: [message] });
      expect(entry?.wording === '').toBe(kind !== 'other');
    }
  });

  test('of something new name their pass type, and nothing that opens or names a card or a person', () => {
    const secrets = [
      '0123456789ABCDEF',
      'd'.repeat(32),
      'short-1',
      'maria@example.com',
      '79160000001',
      '+7 916 000-00-01',
      'c_8fQ2xY',
    ];
    const text = `Wondered (pass type pass.com.example.card, serial number ${secrets[2]}) at https://cards.example/v1/devices/${secrets[1]}/registrations/pass.com.example.card/${secrets[0]} for ${secrets[3]} ${secrets[4]} ${secrets[5]} token: ${secrets[6]}`;
    const [entry] = readDeviceLogs({ logs: [text] });
    expect(entry?.passType).toBe('pass.com.example.card');
    expect(entry?.wording).toContain('Wondered (pass type pass.com.example.card');
    for (const secret of [...secrets, '916']) expect(entry?.wording).not.toContain(secret === '916' ? '79160' : secret);
  });

  test('of one kind but of two cards are one wording', () => {
    const say = (serial: string, day: string) =>
      readDeviceLogs({ logs: [`[${day} 10:00:00 +0300] Odd thing with ${serial} of pass.a.b`] })[0]?.wording;
    expect(say('0123456789ABCDEF', '2026-11-22')).toBe(say('ZYXWVTSR98765432', '2026-11-23'));
  });

  test('cannot draw: control and formatting characters are gone', () => {
    const [entry] = readDeviceLogs({ logs: ['a\u0000b\u001b[31m\nc\u202ed'] });
    expect(entry?.wording).toBe('a b [31m c d');
  });

  test('are few and short', () => {
    const entries = readDeviceLogs({ logs: Array.from({ length: 500 }, () => 'word '.repeat(1000)) });
    expect(entries).toHaveLength(50);
    expect(entries.every(({ wording }) => wording.length <= 200)).toBe(true);
  });

  test.each([undefined, null, 'x', 5, {}, { logs: 'x' }, { logs: [5, null, {}] }, []])(
    '%j is nonsense, and harmless',
    (body) => expect(readDeviceLogs(body)).toEqual([]),
  );
});

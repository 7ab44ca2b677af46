import { describe, expect, test } from 'vitest';
import { parseSmsRuCallback } from './callback.ts';

const apiId = 'TEST-API-ID';
const entries = ['sms_status\n000000-10000000\n103\n1700000000', 'callcheck_status\n201737-542\n401\n1700000005'];
const hash = '63a1e4435b3dbcd527a41c1fd13de25d1543b8d0f910b15d5f534367ae089b33';
const form = (items: readonly string[], signature: string, first = 0) =>
  new URLSearchParams([
    ...items.map((item, index): [string, string] => [`data[${index + first}]`, item]),
    ['hash', signature],
  ]).toString();

describe('a status report of sms.ru', () => {
  test.each([0, 1])('with a good signature is read, indices from %i', (first) => {
    const at = (seconds: number) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000);
    expect(parseSmsRuCallback(form(entries, hash, first), apiId)).toEqual({
      status: 'ok',
      events: [
        { type: 'message', messageId: '000000-10000000', code: 103, state: 'delivered', at: at(1_700_000_000) },
        { type: 'call_check', checkId: '201737-542', state: 'confirmed', at: at(1_700_000_005) },
      ],
    });
  });

  test('with a foreign key, changed entries or another order is not believed', () => {
    expect(parseSmsRuCallback(form(entries, hash), 'OTHER').status).toBe('bad_signature');
    expect(parseSmsRuCallback(form(entries.toReversed(), hash), apiId).status).toBe('bad_signature');
    expect(parseSmsRuCallback(form(entries.slice(0, 1), hash), apiId).status).toBe('bad_signature');
    for (const broken of ['', hash.slice(1), `${hash}00`, 'z'.repeat(64)]) {
      expect(parseSmsRuCallback(form(entries, broken), apiId).status).toBe('bad_signature');
    }
  });

  test('without signature, without entries, with too many or too long ones is malformed', () => {
    expect(parseSmsRuCallback('data[0]=x', apiId).status).toBe('malformed');
    expect(parseSmsRuCallback(`hash=${hash}`, apiId).status).toBe('malformed');
    expect(parseSmsRuCallback(form(Array(101).fill('test'), hash), apiId).status).toBe('malformed');
    expect(parseSmsRuCallback(form(['x'.repeat(600)], hash), apiId).status).toBe('malformed');
  });
});

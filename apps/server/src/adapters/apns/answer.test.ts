import { describe, expect, test } from 'vitest';
import { readAnswer, readTlsFailure } from './answer.ts';

const now = Temporal.Instant.from('2026-11-22T10:00:00Z');
const read = (status: number, body: object | string = '', retryAfter?: string) =>
  readAnswer({ status, apnsId: 'id', body: typeof body === 'string' ? body : JSON.stringify(body), retryAfter }, now);

describe('the meaning of an APNs answer', () => {
  test('only a 200 counts as accepted', () => {
    expect(read(200)).toEqual({ status: 'accepted', apnsId: 'id' });
  });

  test('a dead token carries the time of its death, and without a readable time it died now', () => {
    const at = Temporal.Instant.from('2026-11-01T00:00:00Z');
    const gone = read(410, { reason: 'Unregistered', timestamp: at.epochMilliseconds });
    expect(gone.status === 'unregistered' && gone.at.equals(at)).toBe(true);
    for (const timestamp of ['soon', -1, 1e300, 1.5]) {
      const result = read(410, { reason: 'ExpiredToken', timestamp });
      expect(result.status === 'unregistered' && result.at.equals(now)).toBe(true);
    }
  });

  test.each([
    [400, 'BadDeviceToken', 'bad_token'],
    [400, 'DeviceTokenNotForTopic', 'misconfigured'],
    [400, 'TopicDisallowed', 'misconfigured'],
    [400, 'PayloadEmpty', 'misconfigured'],
    [400, 'IdleTimeout', 'retry_later'],
    [403, 'BadCertificate', 'rejected_credential'],
    [404, 'BadPath', 'misconfigured'],
    [413, 'PayloadTooLarge', 'misconfigured'],
    [500, 'InternalServerError', 'retry_later'],
    [503, 'ServiceUnavailable', 'retry_later'],
  ])('%i %s means %s', (status, reason, expected) => {
    expect(read(status, { reason })).toMatchObject({ status: expected, reason });
  });

  test('too many requests names a pause of minutes, or the one that the service asks for', () => {
    expect(read(429, { reason: 'TooManyRequests' })).toMatchObject({ status: 'retry_later', afterSeconds: 300 });
    expect(read(429, { reason: 'TooManyRequests' }, '7')).toMatchObject({ afterSeconds: 7 });
  });

  test('a body that is not an answer of Apple does not get into the reason', () => {
    expect(read(400, '<html>')).toEqual({ status: 'misconfigured', reason: 'Http400' });
    expect(read(500, { reason: 'x y\nz' })).toEqual({ status: 'retry_later', reason: 'Http500' });
    expect(read(500, 'null')).toEqual({ status: 'retry_later', reason: 'Http500' });
  });

  test('TLS alerts about our certificate, distrust of theirs and network trouble are told apart', () => {
    expect(readTlsFailure('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA')?.status).toBe('rejected_credential');
    expect(readTlsFailure('ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED')?.status).toBe('rejected_credential');
    expect(readTlsFailure('ERR_OSSL_X509_KEY_VALUES_MISMATCH')?.status).toBe('rejected_credential');
    expect(readTlsFailure('SELF_SIGNED_CERT_IN_CHAIN')?.status).toBe('misconfigured');
    expect(readTlsFailure('ECONNRESET')).toBeUndefined();
  });
});

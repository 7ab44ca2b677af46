import { createHmac } from 'node:crypto';

/** The value of a period (RFC 6238 with HMAC-SHA-1, counted from 1970), as many digits as asked for. */
export function totp(key: Buffer, step: bigint, digits: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(step);
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = mac[mac.length - 1]! & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** The number of the period that a moment lies in. */
export const stepAt = (now: Temporal.Instant, periodSeconds: number): bigint =>
  BigInt(Math.floor(now.epochMilliseconds / 1_000 / periodSeconds));

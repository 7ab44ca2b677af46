import { createHash } from 'node:crypto';
import { readPassWalletService } from '../../../adapters/wallet-relays/index.ts';
import type { DevicePlatform } from '../model.ts';

/** What a phone shows of itself with a request. */
export type PhoneRequest = {
  readonly authorization: string | undefined;
  /** `X-Pass-Client`: Android readers that speak Apple's language name themselves there. */
  readonly passClient: string | undefined;
  readonly userAgent: string | undefined;
};

/** The token of `Authorization: ApplePass …`; readers on Android say AndroidPass or AttidoPass. */
export function readToken(authorization: string | undefined): string | null {
  const match = /^(?:ApplePass|AndroidPass|AttidoPass)[ \t]+([!-~]{1,512})$/i.exec(authorization?.trim() ?? '');
  return match?.[1] ?? null;
}

/**
 * Which program registers, by scheme and headers: a token of another push service must never reach Apple's. WalletPasses
 * also speaks PassWallet's dialect, so its own name goes first.
 */
export function platformOf({ authorization, passClient, userAgent }: PhoneRequest): DevicePlatform {
  const scheme = /^[a-z]+/i.exec(authorization?.trim() ?? '')?.[0].toLowerCase();
  if (scheme === 'androidpass' || /WalletPasses\//i.test(userAgent ?? '')) return 'walletpasses';
  if (scheme === 'attidopass') return 'passwallet';
  if (passClient !== undefined) {
    const client = passClient.trim().toLowerCase();
    return client === 'passes' ? 'pass2u' : client === 'passworks' ? 'passworks' : 'other';
  }
  return /okhttp|android/i.test(userAgent ?? '') ? 'other' : 'apple';
}

/** Apple's tokens are hexadecimal; their length is Apple's business. */
export const isApplePushToken = (token: string): boolean => /^[0-9a-fA-F]{32,200}$/.test(token);

/** The push token of a registration, or null when the body holds none that we could use. */
export function readPushToken(body: unknown, platform: DevicePlatform): string | null {
  if (typeof body !== 'object' || body === null || !('pushToken' in body)) return null;
  const { pushToken } = body;
  if (typeof pushToken !== 'string') return null;
  if (platform === 'apple') return isApplePushToken(pushToken) ? pushToken : null;
  return /^[!-~]{1,1024}$/.test(pushToken) ? pushToken : null;
}

/** The push service that PassWallet names with its registration, if it is one that we call. */
export function readRelayUrl(body: unknown, platform: DevicePlatform): string | null {
  if (platform !== 'passwallet' || typeof body !== 'object' || body === null) return null;
  return 'pushServiceUrl' in body ? readPassWalletService(body.pushServiceUrl) : null;
}

/** A device names itself; what is no sane name is nobody's. */
export const isDeviceId = (deviceId: string): boolean => /^[!-~]{1,200}$/.test(deviceId);

/** A few letters that tell devices apart in lists and logs; the id itself is a secret (the list of cards asks for no other). */
export const fingerprintOf = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 12);

/** Whether the version a phone has is still the newest: dates in whole seconds (RFC 9110, If-Modified-Since). */
export function isNotModified(ifModifiedSince: string | undefined, lastModified: Temporal.Instant): boolean {
  if (ifModifiedSince === undefined || ifModifiedSince.length > 64) return false;
  const since = Date.parse(ifModifiedSince);
  return !Number.isNaN(since) && lastModified.epochMilliseconds <= since;
}

export const httpDate = (instant: Temporal.Instant): string => new Date(instant.epochMilliseconds).toUTCString();

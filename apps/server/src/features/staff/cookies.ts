import type { Platform } from '../../platform/context.ts';
import type { Request } from '../../platform/http/index.ts';

/** `__Host-` binds a cookie to this host over TLS; without TLS (a demo on a laptop) browsers would drop it. */
export const sessionCookie = (secure: boolean): string => (secure ? '__Host-tessera' : 'tessera');
export const stationCookie = (secure: boolean): string => `${sessionCookie(secure)}-station`;

export const cookieAttributes = (secure: boolean) => ({ path: '/', httpOnly: true, secure, sameSite: 'lax' }) as const;

/**
 * A cookie travels by itself, so a page elsewhere could use it: a changing request must come from our own pages.
 */
export function comesFromElsewhere(request: Request, { publicUrl }: Pick<Platform, 'publicUrl'>): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false;
  const { origin } = request.headers;
  if (!origin) return request.headers['sec-fetch-site'] === 'cross-site';
  // A proxy may ask us under another name than people use.
  if (origin === publicUrl) return false;
  return !URL.canParse(origin) || new URL(origin).host !== request.headers.host;
}

import type { Request } from '../../platform/http/index.ts';

/** The API token of a request: `Authorization: Bearer …` in any letter case, or `X-Api-Token`. */
export function tokenOf(request: Request): string | null {
  const bearer = /^bearer +(\S{1,1024})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer) return bearer;
  const header = request.headers['x-api-token'];
  return typeof header === 'string' && header.length <= 1_024 && header !== '' ? header : null;
}

/** The key of a station in a request of a program: `X-Station-Token`, or `Authorization: Bearer …`. */
export function stationTokenOf(request: Request): string | null {
  const header = request.headers['x-station-token'];
  return typeof header === 'string' && header !== '' && header.length <= 1_024 ? header : tokenOf(request);
}

/**
 * Push services of browsers. The address of a subscription comes from a browser, that is, from anybody: without this list a
 * stranger could make the server call whatever address he likes.
 */
const HOSTS: readonly (readonly [service: string, host: RegExp])[] = [
  // Chrome, Opera, Samsung Internet, Yandex Browser and others on Chromium.
  ['fcm', /^fcm\.googleapis\.com$/],
  ['mozilla', /^(?:[a-z0-9-]+\.)?push\.services\.mozilla\.com$/],
  ['apple', /^(?:[a-z0-9-]+\.)+push\.apple\.com$/],
  // Edge.
  ['windows', /^(?:[a-z0-9-]+\.)+notify\.windows\.com$/],
];

export const ENDPOINT_CHARACTERS_MAX = 1_000;

/**
 * Which service an endpoint belongs to; null: none that we know, so nothing is sent there.
 * @param also the origin of a test's own push service
 */
export function serviceOf(endpoint: string, also: string | null = null): string | null {
  if (endpoint.length > ENDPOINT_CHARACTERS_MAX || !URL.canParse(endpoint)) return null;
  const { protocol, hostname, port, username, password, origin } = new URL(endpoint);
  if (username !== '' || password !== '') return null;
  if (also !== null && origin === also) return 'test';
  if (protocol !== 'https:' || port !== '') return null;
  return HOSTS.find(([, host]) => host.test(hostname))?.[0] ?? null;
}

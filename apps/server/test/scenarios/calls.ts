import { randomUUID } from 'node:crypto';
import { DEMO_FORM_ID } from '../../src/features/demo/index.ts';
import { API_TOKEN, newPhoneNumber, type TestServer } from '../server.ts';

/** An answer, read once: the text always, the body when it was JSON. */
export type Answer = { status: number; headers: Headers; text: string; body: Record<string, unknown> };

export type Call = {
  method?: string;
  path: string;
  /** Sent as JSON; a text is sent as it is. */
  body?: unknown;
  headers?: Record<string, string>;
};

/** One HTTP request, redirects not followed. */
export async function call({ url }: { url: string }, { method, path, body, headers = {} }: Call): Promise<Answer> {
  const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(url + path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    redirect: 'manual',
    headers: { ...json, ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: readJson(text) };
}

function readJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** A call of a till to the ProBonus-compatible API with the permanent token. */
export const callTill = (server: { url: string }, name: string, body: unknown, token = API_TOKEN): Promise<Answer> =>
  call(server, { method: 'POST', path: `/api/v0/${name}`, body, headers: { authorization: `Bearer ${token}` } });

/** Signs in to the console or the till page; the cookie for later calls. */
export async function signIn(
  server: { url: string },
  { email, password }: { email: string; password: string },
): Promise<{ cookie: string }> {
  const answer = await call(server, { path: '/api/v1/session', body: { email, password } });
  if (answer.status !== 200) throw new Error(`Nobody could sign in: ${answer.text}`);
  return { cookie: answer.headers.getSetCookie()[0]!.split(';')[0]! };
}

/** Sends an HTML form as a browser does. */
export const submit = (server: { url: string }, path: string, fields: Record<string, string>): Promise<Answer> =>
  call(server, {
    path,
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

/** `agrees`: to advertising, too. */
export type NewGuest = { name?: string; phone?: string; agrees?: boolean };

/** The code in the newest SMS to a phone. */
export function codeFor({ world }: Pick<TestServer, 'world'>, phone: string): string {
  const message = world.smsRu.sent().findLast((one) => one.phone === phone);
  const code = message && /\d{4,6}/.exec(message.text)?.[0];
  if (!code) throw new Error('No code was sent.');
  return code;
}

/** Registers a guest through the pages: form, code from the SMS, card. */
export async function registerGuest(
  server: TestServer,
  { name = 'Мария Иванова', phone = newPhoneNumber(), agrees = false }: NewGuest = {},
): Promise<{ guid: string; phone: string; accountId: number; serial: string }> {
  const attempt = randomUUID();
  const boxes = { consent: 'on', ...(agrees ? { marketing: 'on' } : {}) };
  const sent = await submit(server, `/n/${DEMO_FORM_ID}`, { attempt, name, phone, ...boxes });
  if (sent.status !== 303) throw new Error(`The form answered ${sent.status}.`);
  await server.quiet();
  const code = codeFor(server, phone);
  const confirmed = await submit(server, `/n/${DEMO_FORM_ID}/${attempt}`, { code });
  const guid = /^\/c\/([0-9a-f-]{36})$/.exec(confirmed.headers.get('location') ?? '')?.[1];
  if (!guid) throw new Error(`The code was answered with ${confirmed.status}.`);
  const rows = await server.query<{ account_id: string; serial: string }>(
    'select account_id, serial from passes where guid = $1',
    [guid],
  );
  return { guid, phone, accountId: Number(rows[0]!.account_id), serial: rows[0]!.serial };
}

/** A check of so many kopecks, with a new key unless given. */
export const registerCheck = (
  server: { url: string },
  accountId: number,
  moneySpentSum: number,
  further: Record<string, unknown> = {},
): Promise<Answer> =>
  callTill(server, 'external/register_check', { checkGuid: randomUUID(), accountId, moneySpentSum, ...further });

/** Downloads a card's bundle. */
export async function downloadBundle({ url }: { url: string }, guid: string): Promise<Buffer> {
  const response = await fetch(`${url}/c/${guid}.pkpass`);
  if (response.status !== 200) throw new Error(`The card answered ${response.status}.`);
  return Buffer.from(await response.arrayBuffer());
}

/** What the balance field of a card says, digits only. */
export function pointsOn(pass: Readonly<Record<string, unknown>>): number {
  const style = pass.storeCard as { headerFields: { key: string; value: string | number }[] };
  const value = String(style.headerFields.find(({ key }) => key === 'points')?.value);
  return Number(value.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.'));
}

/** What the holder of a phone, and the world around it, do to it. */
import { checkPassSet, PASS_SET_MEDIA_TYPE, readZip } from '@tessera/pkpass';
import type { AcceptedPush } from './apns.ts';
import { readCard } from './phone-card.ts';
import { sendHttp } from './phone-http.ts';
import { type Card, cardKey, type PhoneState, readingOptions, remember, tellListeners, track } from './phone-state.ts';
import { checkType, register, unregister } from './phone-updates.ts';
import { type CardView, viewCard } from './phone-view.ts';

export type Installation =
  | { readonly status: 'added' | 'replaced'; readonly card: CardView }
  | { readonly status: 'refused'; readonly problems: readonly string[] };

const passMimeType = 'application/vnd.apple.pkpass';
const safariUserAgent = 'Mozilla/5.0 (iPhone; CPU iPhone OS 27_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1';

/** A push token: 32 bytes as hexadecimal digits. */
export function createToken(random: () => number): string {
  return Array.from({ length: 64 }, () => Math.floor(random() * 16).toString(16)).join('');
}

/** An identical pair of type and number replaces the card; a registration that fails leaves the card where it is. */
export async function install(state: PhoneState, bundle: Uint8Array): Promise<Installation> {
  const now = state.settings.clock();
  const reading = readCard(bundle, readingOptions(state));
  if (reading.status === 'refused') return reading;
  const { content } = reading;
  const key = cardKey(content.typeIdentifier, content.serialNumber);
  const before = state.cards.get(key);
  const card: Card = {
    content,
    version: (before?.version ?? 0) + 1,
    // The date of the download is not kept: the first fetch asks without condition.
    lastModified: undefined,
    registered: before?.registered ?? false,
    automaticUpdates: before?.automaticUpdates ?? true,
    addedAt: before?.addedAt ?? now,
    changedAt: now,
  };
  state.cards.set(key, card);
  tellListeners(state);
  await register(state, card);
  return { status: before === undefined ? 'added' : 'replaced', card: viewCard(card, state.language) };
}

/** A wrong content type shows a file instead of a card, as in Safari. */
export async function installFrom(state: PhoneState, url: string): Promise<Installation> {
  const file = await download(state, url);
  if (file.status === 'failed') return { status: 'refused', problems: [file.problem] };
  if (file.type !== passMimeType) return { status: 'refused', problems: [`content type ${file.type}`] };
  return install(state, file.bytes);
}

/** Adds all cards of a `.pkpasses` file; if the file, or any card in it, is not in order, none is added. */
export async function installSetFrom(state: PhoneState, url: string): Promise<Installation[]> {
  const refused = (problem: string): Installation[] => [{ status: 'refused', problems: [problem] }];
  const file = await download(state, url);
  if (file.status === 'failed') return refused(file.problem);
  if (file.type !== PASS_SET_MEDIA_TYPE) return refused(`content type ${file.type}`);
  const { rootCertificates, now, allowLocalHttp } = readingOptions(state);
  const set = checkPassSet(file.bytes, { rootCertificates, now, allowLocalHttp });
  if (!set.ok)
    return refused(JSON.stringify([...set.problems, ...set.passes.flatMap(({ report }) => report.problems)]));
  const bundles = readZip(file.bytes).files;
  const added: Installation[] = [];
  for (const { name } of set.passes) added.push(await install(state, bundles.get(name)!));
  return added;
}

type Downloaded =
  | { readonly status: 'there'; readonly type: string; readonly bytes: Uint8Array }
  | { readonly status: 'failed'; readonly problem: string };

const REDIRECTS_MAX = 5;

/** Follows redirects within one site, as Safari does. */
async function download(state: PhoneState, url: string, redirects = 0): Promise<Downloaded> {
  const { origin, pathname, search } = new URL(url);
  const { http } = state.settings;
  const path = pathname + search;
  const answer = await sendHttp({
    method: 'GET',
    origin: http.reach?.(origin) ?? origin,
    path,
    headers: { 'user-agent': safariUserAgent, accept: '*/*' },
    ca: http.ca,
    timeoutMilliseconds: http.timeoutMilliseconds ?? 30_000,
  });
  const status = answer.kind === 'answer' ? answer.status : answer.reason;
  state.settings.onRequest({ at: state.settings.clock(), kind: 'download', method: 'GET', path, status, attempt: 1 });
  if (answer.kind === 'failure') return { status: 'failed', problem: `download failed: ${status}` };
  const { location } = answer.headers;
  if ([302, 303, 307].includes(answer.status) && location !== undefined && redirects < REDIRECTS_MAX) {
    return download(state, new URL(location, url).href, redirects + 1);
  }
  if (answer.status !== 200) return { status: 'failed', problem: `download failed: ${status}` };
  const type = answer.headers['content-type'] ?? 'none';
  return { status: 'there', type: type.split(';')[0]!.trim(), bytes: answer.body };
}

/** The card is gone at once; the service hears of it when it can. */
export async function removeCard(state: PhoneState, card: Card): Promise<void> {
  state.cards.delete(cardKey(card.content.typeIdentifier, card.content.serialNumber));
  tellListeners(state);
  await unregister(state, card);
}

/** Turning updates off unregisters the card; turning them on registers it and asks at once. */
export async function setAutomaticUpdates(state: PhoneState, card: Card, on: boolean): Promise<void> {
  card.automaticUpdates = on;
  if (on) {
    await register(state, card);
    await checkType(state, card.content.typeIdentifier);
  } else {
    await unregister(state, card);
  }
  tellListeners(state);
}

/** Hands a push to the phone; one for another token is not for us, and one while the phone is off waits, unless it may not. */
export function receivePush(state: PhoneState, push: AcceptedPush): void {
  if (push.token !== state.pushToken || state.stopped) return;
  if (state.online) void track(state, checkType(state, push.topic));
  else if (push.expiration !== 0) state.missedTopics.add(push.topic);
}

/** Registers every card that wants updates. */
export async function registerAll(state: PhoneState): Promise<void> {
  for (const card of state.cards.values()) await register(state, card);
}

/** Asks for news of every type. */
export async function checkAll(state: PhoneState): Promise<void> {
  const types = new Set([...state.cards.values()].map(({ content }) => content.typeIdentifier));
  for (const type of types) await checkType(state, type);
}

/** Back on the network: registrations that did not get through are made up for, then come the pushes that waited. */
export async function setOnline(state: PhoneState, online: boolean): Promise<void> {
  state.online = online;
  tellListeners(state);
  if (!online) return;
  for (const card of state.cards.values()) if (!card.registered) await register(state, card);
  const topics = [...state.missedTopics];
  state.missedTopics.clear();
  for (const topic of topics) await checkType(state, topic);
}

/** Resolves when nothing is under way, also nothing that began meanwhile. */
export async function settled(state: PhoneState): Promise<void> {
  while (state.working.size > 0) await Promise.allSettled(state.working);
}

/** Appends to the list of requests and tells whoever watches. */
export function recordRequest(state: PhoneState, record: PhoneState['requests'][number]): void {
  state.requests = remember(state.requests, record);
  tellListeners(state);
}

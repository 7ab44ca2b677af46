/** How a phone keeps its cards fresh: register, ask what changed, fetch, compare, speak. Source: Apple, "Updating a pass". */
import { isSameContent, readCard } from './phone-card.ts';
import { describeChange } from './phone-messages.ts';
import { type Answer, callService } from './phone-service.ts';
import {
  type Card,
  complain,
  deviceIdFor,
  findCard,
  type PhoneState,
  readingOptions,
  remember,
  type Service,
  serviceOf,
  tellListeners,
} from './phone-state.ts';

/** `listed`: the server said that it changed. `asked`: the holder pulled to refresh. */
type Cause = { readonly kind: 'listed'; readonly withTag: boolean } | { readonly kind: 'asked' };

const passMimeType = 'application/vnd.apple.pkpass';

/** Tells the service that this device holds the card. Nothing happens for a card without service. */
export async function register(state: PhoneState, card: Card): Promise<void> {
  const { service, typeIdentifier, serialNumber } = card.content;
  if (service === undefined || !card.automaticUpdates) return;
  const answer = await callService(state.settings, {
    kind: 'register',
    method: 'POST',
    serviceUrl: service.url,
    segments: ['devices', deviceIdFor(state.deviceId, service.url), 'registrations', typeIdentifier, serialNumber],
    authenticationToken: service.authenticationToken,
    json: { pushToken: state.pushToken },
  });
  if (answer?.status === 200 || answer?.status === 201) {
    card.registered = true;
    tellListeners(state);
  } else if (answer !== undefined) {
    complain(state, service.url, `Register ${taskName(card)} ${describeFailure(answer)}`);
  }
}

/** Tells the service that this device no longer wants news. A 404 is repeated, as on a real phone. */
export async function unregister(state: PhoneState, card: Card): Promise<void> {
  const { service, typeIdentifier, serialNumber } = card.content;
  if (service === undefined || !card.registered) return;
  card.registered = false;
  const answer = await callService(state.settings, {
    kind: 'unregister',
    method: 'DELETE',
    serviceUrl: service.url,
    segments: ['devices', deviceIdFor(state.deviceId, service.url), 'registrations', typeIdentifier, serialNumber],
    authenticationToken: service.authenticationToken,
    alsoRetry: [404],
  });
  if (answer !== undefined && answer.status !== 200) {
    complain(state, service.url, `Unregister ${taskName(card)} ${describeFailure(answer)}`);
  }
}

/** Asks all services of this type, each once; what comes while one is being asked makes it be asked once more. */
export async function checkType(state: PhoneState, typeIdentifier: string): Promise<void> {
  const urls = new Set<string>();
  for (const card of state.cards.values()) {
    const { content } = card;
    if (content.typeIdentifier === typeIdentifier && card.registered && content.service) urls.add(content.service.url);
  }
  await Promise.all([...urls].map((url) => checkService(state, serviceOf(state, typeIdentifier, url))));
}

function checkService(state: PhoneState, service: Service): Promise<void> {
  service.again = true;
  service.running ??= (async () => {
    while (service.again && !state.stopped) {
      service.again = false;
      await askAndFetch(state, service);
    }
    service.running = undefined;
  })();
  return service.running;
}

async function askAndFetch(state: PhoneState, service: Service): Promise<void> {
  const { tag } = service;
  const answer = await callService(state.settings, {
    kind: 'list',
    method: 'GET',
    serviceUrl: service.url,
    // Without authorization: on this call the device id is the only secret.
    segments: ['devices', deviceIdFor(state.deviceId, service.url), 'registrations', service.typeIdentifier],
    ...(tag === undefined ? {} : { query: `passesUpdatedSince=${encodeURIComponent(tag)}` }),
  });
  if (answer === undefined || answer.status === 204) return;
  const list = answer.status === 200 ? readList(answer.body) : undefined;
  if (list === undefined) {
    complain(state, service.url, `Get serial #s task (${service.typeIdentifier}) ${describeFailure(answer)}`);
    return;
  }
  let allFetched = true;
  for (const serialNumber of list.serialNumbers) {
    const card = findCard(state, service.typeIdentifier, serialNumber);
    if (card?.registered && card.content.service?.url === service.url) {
      if (!(await fetchCard(state, card, { kind: 'listed', withTag: tag !== undefined }))) allFetched = false;
    } else {
      complain(state, service.url, `Get serial #s task returned an unregistered serial number (${serialNumber})`);
    }
  }
  // Going on to the new tag after a failed fetch would lose that change for good. Whether every iOS is so careful is unknown.
  if (allFetched) service.tag = list.lastUpdated;
}

function readList(
  body: Buffer,
): { readonly serialNumbers: readonly string[]; readonly lastUpdated: string } | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value !== 'object' || value === null) return undefined;
    const { serialNumbers, lastUpdated } = value as { serialNumbers?: unknown; lastUpdated?: unknown };
    if (!Array.isArray(serialNumbers) || serialNumbers.length === 0 || typeof lastUpdated !== 'string')
      return undefined;
    const serials = serialNumbers.filter((serial): serial is string => typeof serial === 'string');
    return serials.length === serialNumbers.length ? { serialNumbers: serials, lastUpdated } : undefined;
  } catch {
    return undefined;
  }
}

/** Fetches the latest version. True when the phone now holds what the server has. */
export async function fetchCard(state: PhoneState, card: Card, cause: Cause): Promise<boolean> {
  const { service, typeIdentifier, serialNumber } = card.content;
  if (service === undefined) return false;
  const since = card.lastModified;
  const answer = await callService(state.settings, {
    kind: 'get',
    method: 'GET',
    serviceUrl: service.url,
    segments: ['passes', typeIdentifier, serialNumber],
    authenticationToken: service.authenticationToken,
    headers: { accept: passMimeType, ...(since === undefined ? {} : { 'if-modified-since': since }) },
  });
  if (answer === undefined) return false;
  if (answer.status === 304 && since !== undefined) {
    // Without a tag the server lists everything, so that one unchanged card is nobody's fault.
    if (cause.kind === 'listed' && cause.withTag) complainUnchanged(state, service.url, card);
    return true;
  }
  if (answer.status !== 200) {
    complain(state, service.url, `Get ${taskName(card)} ${describeFailure(answer)}`);
    return false;
  }
  return takeVersion(state, card, answer, cause);
}

function takeVersion(state: PhoneState, card: Card, answer: Answer, cause: Cause): boolean {
  const before = card.content;
  const url = before.service?.url ?? '';
  const refuse = (why: string) => {
    complain(state, url, `Get ${taskName(card)} encountered error: ${why}`);
    return false;
  };
  if (answer.headers['content-type']?.split(';')[0]?.trim() !== passMimeType) return refuse('wrong content type');
  const reading = readCard(answer.body, readingOptions(state));
  if (reading.status === 'refused') return refuse(`invalid data: ${reading.problems.join('; ').slice(0, 500)}`);
  const { content } = reading;
  if (content.typeIdentifier !== before.typeIdentifier || content.serialNumber !== before.serialNumber) {
    return refuse('another pass type or serial number');
  }
  // Deleted while we asked: a late answer must not bring it back.
  if (findCard(state, before.typeIdentifier, before.serialNumber) !== card) return true;
  const lastModified = answer.headers['last-modified'];
  if (lastModified === undefined)
    complain(state, url, `Get ${taskName(card)} did not provide a 'last-modified' header`);
  if (isSameContent(before, content)) {
    if (card.lastModified !== undefined && lastModified !== undefined) {
      complain(state, url, `Get ${taskName(card)} server ignored the 'if-modified-since' header`);
    } else if (cause.kind === 'listed' && cause.withTag) complainUnchanged(state, url, card);
    card.lastModified = lastModified;
    return true;
  }
  const now = state.settings.clock();
  card.content = content;
  card.lastModified = lastModified;
  card.version += 1;
  card.changedAt = now;
  if (cause.kind === 'listed') speak(state, card, before, now);
  tellListeners(state);
  return true;
}

/** Who looks at the card while it changes needs no line on the lock screen; hence only for changes that came by themselves. */
function speak(state: PhoneState, card: Card, before: Card['content'], at: Temporal.Instant): void {
  const line = describeChange(before, card.content, state.language);
  if (line === undefined) return;
  const { typeIdentifier, serialNumber, organizationName: title } = card.content;
  state.messages = remember(state.messages, { at, typeIdentifier, serialNumber, title, ...line });
}

function complainUnchanged(state: PhoneState, url: string, card: Card): void {
  complain(state, url, `Get ${taskName(card)} was listed as changed but the pass was unchanged`);
}

function taskName(card: Card): string {
  return `task (pass type ${card.content.typeIdentifier}, serial number ${card.content.serialNumber})`;
}

function describeFailure({ status, headers }: Answer): string {
  if (status === 401) return 'Authentication failure';
  if (status === 200) return `malformed response (${headers['content-type'] ?? 'no content type'})`;
  return `Unexpected response code ${status}`;
}

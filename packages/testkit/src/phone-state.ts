/** What a simulated phone remembers, and the small steps that change it. */
import { createHash } from 'node:crypto';
import type { CardContent, ReadingOptions } from './phone-card.ts';
import { callService, type RequestRecord, type ServiceSettings } from './phone-service.ts';
import type { PhoneLanguage } from './phone-texts.ts';

export type Card = {
  content: CardContent;
  /** 1 when added, one more with each change of content. */
  version: number;
  /** As the server wrote it; comes back to it as If-Modified-Since. */
  lastModified: string | undefined;
  registered: boolean;
  automaticUpdates: boolean;
  readonly addedAt: Temporal.Instant;
  changedAt: Temporal.Instant;
};

/** Cards of one type at one address: the unit in which a phone asks what has changed. */
export type Service = {
  readonly typeIdentifier: string;
  readonly url: string;
  /** The server's last word on where we are; sent back unread. */
  tag: string | undefined;
  running: Promise<void> | undefined;
  again: boolean;
};

export type LockScreenMessage = {
  readonly at: Temporal.Instant;
  readonly typeIdentifier: string;
  readonly serialNumber: string;
  readonly title: string;
  readonly text: string;
  readonly fieldKeys: readonly string[];
};

export type PhoneState = {
  readonly deviceId: string;
  readonly rootCertificates: readonly string[];
  readonly language: PhoneLanguage;
  readonly settings: ServiceSettings;
  readonly cards: Map<string, Card>;
  readonly services: Map<string, Service>;
  readonly working: Set<Promise<unknown>>;
  readonly listeners: Set<() => void>;
  pushToken: string;
  online: boolean;
  /** Types that were pushed while the phone was off; APNs keeps one push for each. */
  readonly missedTopics: Set<string>;
  messages: LockScreenMessage[];
  requests: RequestRecord[];
  logs: string[];
  stopped: boolean;
};

const longestHistory = 500;

export function cardKey(typeIdentifier: string, serialNumber: string): string {
  return JSON.stringify([typeIdentifier, serialNumber]);
}

/** The card of this type and number, undefined when the phone does not hold it. */
export function findCard(state: PhoneState, typeIdentifier: string, serialNumber: string): Card | undefined {
  return state.cards.get(cardKey(typeIdentifier, serialNumber));
}

export function serviceOf(state: PhoneState, typeIdentifier: string, url: string): Service {
  const key = JSON.stringify([typeIdentifier, url]);
  let service = state.services.get(key);
  if (service === undefined) {
    service = { typeIdentifier, url, tag: undefined, running: undefined, again: false };
    state.services.set(key, service);
  }
  return service;
}

/** By what the phone judges a bundle. */
export function readingOptions({ rootCertificates, settings }: PhoneState): ReadingOptions {
  return { rootCertificates, now: settings.clock(), allowLocalHttp: settings.http.allowPlainHttp === true };
}

/** Each service knows the device under another id, so that two of them cannot compare notes. */
export function deviceIdFor(deviceId: string, serviceUrl: string): string {
  return createHash('sha256').update(`${deviceId} ${serviceUrl}`).digest('hex').slice(0, 32);
}

/** Appends to a history of bounded length. */
export function remember<T>(history: readonly T[], item: T): T[] {
  return [...history.slice(-(longestHistory - 1)), item];
}

export function tellListeners(state: PhoneState): void {
  for (const listener of state.listeners) listener();
}

/** Counts a piece of work, so that `settled` can wait for it. */
export function track<T>(state: PhoneState, work: Promise<T>): Promise<T> {
  state.working.add(work);
  const done = () => void state.working.delete(work);
  work.then(done, done);
  return work;
}

/** Writes a line of complaint and sends it to the service, once and without waiting. */
export function complain(state: PhoneState, serviceUrl: string, line: string): void {
  state.logs = remember(state.logs, line);
  const json = { logs: [`[${state.settings.clock()}] ${line}`] };
  const call = { kind: 'log', method: 'POST', serviceUrl, segments: ['log'], json } as const;
  void track(state, callService(state.settings, call));
}

/** A simulated iPhone with Wallet: a strict reader of bundles and a faithful client of a PassKit web service. */
import type { AcceptedPush } from './apns.ts';
import {
  checkAll,
  createToken,
  type Installation,
  install,
  installFrom,
  installSetFrom,
  receivePush,
  recordRequest,
  registerAll,
  removeCard,
  setAutomaticUpdates,
  setOnline,
  settled,
} from './phone-holder.ts';
import type { PhoneHttpOptions } from './phone-service.ts';
import { type Card, deviceIdFor, findCard, type PhoneState, track } from './phone-state.ts';
import type { PhoneLanguage } from './phone-texts.ts';
import { fetchCard } from './phone-updates.ts';
import { type CardName, type PhoneSnapshot, takeSnapshot } from './phone-view.ts';

export type { PassJson } from './phone-card.ts';
export type { Installation } from './phone-holder.ts';
export type { PhoneHttpOptions, RequestRecord } from './phone-service.ts';
export type { LockScreenMessage } from './phone-state.ts';
export type { PhoneLanguage } from './phone-texts.ts';
export type { CardName, CardView, PhoneSnapshot } from './phone-view.ts';

/** The part of APNs that a phone sees: it is given pushes, and its old tokens die. */
export type PhoneApns = {
  onPush(listener: (push: AcceptedPush) => void): () => void;
  readonly control?: { banToken(token: string, at: Temporal.Instant): void };
};

export type PhoneOptions = {
  /** Any text; services see ids derived from it. */
  readonly deviceId: string;
  readonly clock: () => Temporal.Instant;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** PEM certificates that bundles must lead up to. */
  readonly rootCertificates: readonly string[];
  readonly apns?: PhoneApns;
  readonly http?: PhoneHttpOptions;
  readonly language?: PhoneLanguage;
  readonly sleep?: (milliseconds: number) => Promise<void>;
  readonly pausesMilliseconds?: readonly number[];
};

export type Phone = {
  readonly deviceId: string;
  /** The id under which the service at this address knows the phone. */
  deviceLibraryIdentifier(webServiceUrl: string): string;
  pushToken(): string;
  /** Adds a bundle as the "Add" button does, and registers the card. Resolves when the registration has ended. */
  install(bundle: Uint8Array): Promise<Installation>;
  /** Downloads as Safari does (the content type decides), then installs. */
  installFrom(url: string): Promise<Installation>;
  /** The same with a file of several cards (`.pkpasses`): all of them or none. */
  installSetFrom(url: string): Promise<Installation[]>;
  /** Deletes the card and tells the service. */
  remove(card: CardName): Promise<void>;
  setAutomaticUpdates(card: CardName, on: boolean): Promise<void>;
  /** The holder pulls the back of the card down. */
  pullToRefresh(card: CardName): Promise<void>;
  /** Asks every service, as after a restart or an update of the system. */
  reboot(): Promise<void>;
  /** APNs gives the phone another token; all cards are registered anew and the old token dies. */
  changePushToken(): Promise<void>;
  /** Off: no push arrives, no request is begun. On again: APNs hands over what it kept. */
  setOnline(online: boolean): Promise<void>;
  /** A new device from a backup of this one: same cards, no tags, own ids and token. This one stays as it is. */
  restoreTo(options: { readonly deviceId: string }): Promise<Phone>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
  snapshot(): PhoneSnapshot;
  onChange(listener: () => void): () => void;
  /** Forgets nothing, but begins nothing more. */
  stop(): Promise<void>;
};

/** Growing pauses between tries, about six minutes in all. */
const defaultPauses = [1_000, 5_000, 25_000, 60_000, 300_000] as const;

/** A phone that is switched on and holds no card. */
export function createPhone(options: PhoneOptions): Phone {
  return switchOn(options, createState(options));
}

function switchOn(options: PhoneOptions, state: PhoneState): Phone {
  const unsubscribe = options.apns?.onPush((push) => receivePush(state, push));
  const withCard = async (name: CardName, action: (card: Card) => Promise<unknown>) => {
    const card = findCard(state, name.typeIdentifier, name.serialNumber);
    if (card !== undefined) await track(state, action(card));
  };
  return {
    deviceId: options.deviceId,
    deviceLibraryIdentifier: (webServiceUrl) => deviceIdFor(options.deviceId, webServiceUrl),
    pushToken: () => state.pushToken,
    install: (bundle) => track(state, install(state, bundle)),
    installFrom: (url) => track(state, installFrom(state, url)),
    installSetFrom: (url) => track(state, installSetFrom(state, url)),
    remove: (name) => withCard(name, (card) => removeCard(state, card)),
    setAutomaticUpdates: (name, on) => withCard(name, (card) => setAutomaticUpdates(state, card, on)),
    pullToRefresh: (name) => withCard(name, (card) => fetchCard(state, card, { kind: 'asked' })),
    reboot: () => track(state, checkAll(state)),
    changePushToken() {
      options.apns?.control?.banToken(state.pushToken, options.clock());
      state.pushToken = createToken(options.random);
      return track(state, registerAll(state));
    },
    setOnline: (online) => track(state, setOnline(state, online)),
    restoreTo: ({ deviceId }) => restore(state, { ...options, deviceId }),
    settled: () => settled(state),
    snapshot: () => takeSnapshot(state),
    onChange(listener) {
      state.listeners.add(listener);
      return () => state.listeners.delete(listener);
    },
    stop() {
      state.stopped = true;
      unsubscribe?.();
      return settled(state);
    },
  };
}

async function restore(from: PhoneState, options: PhoneOptions): Promise<Phone> {
  const state = createState(options);
  for (const [key, card] of from.cards) state.cards.set(key, { ...card, registered: false });
  const phone = switchOn(options, state);
  await track(state, registerAll(state));
  return phone;
}

function createState(options: PhoneOptions): PhoneState {
  const state: PhoneState = {
    deviceId: options.deviceId,
    rootCertificates: options.rootCertificates,
    language: options.language ?? 'en',
    settings: {
      http: options.http ?? {},
      clock: options.clock,
      random: options.random,
      sleep: options.sleep ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds).unref())),
      pausesMilliseconds: options.pausesMilliseconds ?? defaultPauses,
      isStopped: () => state.stopped || !state.online,
      onRequest: (record) => recordRequest(state, record),
    },
    cards: new Map(),
    services: new Map(),
    working: new Set(),
    listeners: new Set(),
    pushToken: createToken(options.random),
    online: true,
    missedTopics: new Set(),
    messages: [],
    requests: [],
    logs: [],
    stopped: false,
  };
  return state;
}

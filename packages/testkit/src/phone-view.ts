/** What a phone shows of itself, to a test or to a page: plain data, no secret. */
import type { PassJson } from './phone-card.ts';
import type { RequestRecord } from './phone-service.ts';
import type { Card, LockScreenMessage, PhoneState } from './phone-state.ts';
import { type PhoneLanguage, tellPass } from './phone-texts.ts';

export type CardName = { readonly typeIdentifier: string; readonly serialNumber: string };

/** A card as shown to others: the authentication token is left out of `pass`. */
export type CardView = CardName & {
  readonly pass: PassJson;
  /** The same as its owner reads it: texts in the phone's language, every value told as a text. */
  readonly shown: PassJson;
  /** File name (`strip@2x.png`) to PNG bytes. */
  readonly images: Readonly<Record<string, Uint8Array>>;
  readonly version: number;
  readonly lastModified?: string;
  readonly registered: boolean;
  readonly automaticUpdates: boolean;
  readonly addedAt: Temporal.Instant;
  readonly changedAt: Temporal.Instant;
};

export type PhoneSnapshot = {
  readonly online: boolean;
  readonly cards: readonly CardView[];
  readonly messages: readonly LockScreenMessage[];
  readonly requests: readonly RequestRecord[];
  /** What the phone complained about to the services. */
  readonly logs: readonly string[];
};

/** The phone as it stands, free of the authentication tokens of its cards. */
export function takeSnapshot(state: PhoneState): PhoneSnapshot {
  return {
    online: state.online,
    cards: [...state.cards.values()].map((card) => viewCard(card, state.language)),
    messages: [...state.messages],
    requests: [...state.requests],
    logs: [...state.logs],
  };
}

/** One card as shown to others. */
export function viewCard(card: Card, language: PhoneLanguage): CardView {
  const { typeIdentifier, serialNumber, pass, files } = card.content;
  const { authenticationToken: _, ...open } = pass;
  const { version, lastModified, registered, automaticUpdates, addedAt, changedAt } = card;
  return {
    typeIdentifier,
    serialNumber,
    pass: open,
    shown: tellPass({ pass: open, files }, language),
    images: Object.fromEntries([...files].filter(([name]) => name.endsWith('.png'))),
    version,
    ...(lastModified === undefined ? {} : { lastModified }),
    registered,
    automaticUpdates,
    addedAt,
    changedAt,
  };
}

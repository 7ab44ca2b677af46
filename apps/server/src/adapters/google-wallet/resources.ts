/** The kinds of cards that Google offers and that we issue. */
export const verticals = ['loyalty', 'generic', 'offer', 'eventTicket', 'giftCard'] as const;
export type Vertical = (typeof verticals)[number];
export type ResourceKind = `${Vertical}Class` | `${Vertical}Object`;

/** A class or an object as it travels. Google's own description is the reference; only the id is ours to know here. */
export type Resource = { readonly id: string; readonly [field: string]: unknown };

/** What a message says; `id` makes a repeated call recognisable. */
export type WalletMessage = {
  readonly id: string;
  readonly header: string;
  readonly body: string;
  readonly messageType: 'TEXT' | 'TEXT_AND_NOTIFY';
};

/** `<issuerId>.<suffix>`: letters, digits, dot, underscore, hyphen. */
export const RESOURCE_ID = /^\d{3,25}\.[A-Za-z0-9._-]{1,200}$/;

/** The issuer's number at the front of an id; a text, since 19 digits do not fit a number. */
export const issuerOf = (id: string): string => id.slice(0, Math.max(0, id.indexOf('.')));

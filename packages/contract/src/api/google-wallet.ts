import { type Static, Type } from 'typebox';
import { Id, InstantText, Nullable, Strict } from './shapes.ts';

/** Why Google takes nothing of a company's. */
const Halted = Type.Union([Type.Literal('key_refused'), Type.Literal('not_invited'), Type.Literal('api_disabled')]);

/** GET /api/v1/google-wallet; PUT and PATCH answer it, too. */
export const GoogleWalletState = Strict({
  /** Whether Google Wallet is offered in the company's country; where not, the button starts switched off. */
  offered: Type.Boolean(),
  /** Whether guests' and Google's programs reach this server over https: without it Google fetches no pictures. */
  publicAddress: Type.Boolean(),
  /** Where Google tells that a card was saved or removed. */
  callbackUrl: Type.String(),
  credential: Nullable(
    Strict({
      issuerId: Type.String(),
      accountEmail: Type.String(),
      /** The id of the key, as Google Cloud shows it; the key itself never leaves the server. */
      keyId: Type.String(),
      /** Whether guests are offered the button. */
      enabled: Type.Boolean(),
      /** `away`: Google did not answer lately and is asked again by itself. */
      status: Type.Union([Type.Literal('active'), Type.Literal('away'), Type.Literal('halted')]),
      halted: Nullable(Halted),
      /** What is to be done about it, in a sentence. */
      message: Nullable(Type.String()),
      checkedAt: Nullable(InstantText),
    }),
  ),
  /** Designs that Google has, as classes. */
  classes: Type.Array(
    Strict({
      designId: Id,
      designName: Type.String(),
      classId: Type.String(),
      /** Google's word: UNDER_REVIEW, APPROVED, REJECTED, DRAFT; null where a kind of card knows no review. */
      reviewStatus: Nullable(Type.String()),
      /** What Google did not like, in its words. */
      problem: Nullable(Type.String()),
      cards: Type.Integer(),
      pushedAt: Nullable(InstantText),
    }),
  ),
  /** Cards that Google has; those in phones; those with news that Google has not heard yet; those it refused. */
  cards: Strict({
    cards: Type.Integer(),
    installed: Type.Integer(),
    waiting: Type.Integer(),
    refused: Type.Integer(),
  }),
});
export type GoogleWalletState = Static<typeof GoogleWalletState>;

/** PUT /api/v1/google-wallet */
export const SaveGoogleCredential = Strict({
  /** Digits, usually 19 of them: a text, since a number would lose the last ones. */
  issuerId: Type.String({ pattern: '^[0-9]{3,25}$' }),
  /** The JSON file of the service account, as a text. */
  serviceAccount: Type.String({ minLength: 2, maxLength: 20_000 }),
});
export type SaveGoogleCredential = Static<typeof SaveGoogleCredential>;

/** PATCH /api/v1/google-wallet */
export const SwitchGoogle = Strict({ enabled: Type.Boolean() });
export type SwitchGoogle = Static<typeof SwitchGoogle>;

/** POST /api/v1/google-wallet/check: tries the access for real. */
export const GoogleConnection = Strict({
  outcome: Type.Union([Type.Literal('works'), Type.Literal('design_refused'), Type.Literal('away'), Halted]),
  /** In a sentence, with what to do. */
  message: Type.String(),
});
export type GoogleConnection = Static<typeof GoogleConnection>;

/** POST /api/v1/google-wallet/messages: says something to the holder of a card. */
export const SendGoogleMessage = Strict({
  /** The card. */
  guid: Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' }),
  /** The same key again says nothing twice. */
  key: Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9._-]+$' }),
  header: Type.String({ minLength: 1, maxLength: 100 }),
  body: Type.String({ minLength: 1, maxLength: 500 }),
});
export type SendGoogleMessage = Static<typeof SendGoogleMessage>;

/** `silent`: the three notifications of a day were used up; `merged`: a newer silent one went in its place. */
export const GoogleMessageState = Strict({
  state: Type.Union([
    Type.Literal('waiting'),
    Type.Literal('notified'),
    Type.Literal('silent'),
    Type.Literal('refused'),
    Type.Literal('merged'),
  ]),
});
export type GoogleMessageState = Static<typeof GoogleMessageState>;

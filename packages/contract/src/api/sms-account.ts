import { type Static, Type } from 'typebox';
import { InstantText, Nullable, Strict } from './shapes.ts';

/** The company's account at sms.ru, `/api/v1/sms-account`: codes of registration and PINs of the till go through it. */

/** Letters, digits or dots, as sms.ru and the operators approve them. */
const Sender = Type.String({ pattern: '^[A-Za-z0-9. _-]{2,11}$' });

/** GET /api/v1/sms-account; null while there is none. */
export const SmsAccount = Nullable(
  Strict({
    /** The end of the key, to tell one from another; the key itself is never shown again. */
    keyHint: Type.String(),
    /** The approved name that messages come from; null: the one that sms.ru gives. */
    sender: Nullable(Type.String()),
    /** What has failed for everybody lately, and why. */
    failing: Type.Array(
      Strict({
        channel: Type.Union([Type.Literal('sms'), Type.Literal('call')]),
        at: InstantText,
        message: Type.String(),
      }),
    ),
  }),
);
export type SmsAccount = Static<typeof SmsAccount>;

/** PUT /api/v1/sms-account; without a key the one that is there stays. */
export const SaveSmsAccount = Strict({
  apiId: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9-]{8,100}$' })),
  sender: Nullable(Sender),
});
export type SaveSmsAccount = Static<typeof SaveSmsAccount>;

/** POST /api/v1/sms-account/check: what sms.ru says of the account now. Sends nothing and costs nothing. */
export const SmsAccountCheck = Strict({
  ready: Type.Boolean(),
  /** Kopecks; null when sms.ru did not say. */
  balance: Nullable(Type.Integer()),
  message: Type.String(),
});
export type SmsAccountCheck = Static<typeof SmsAccountCheck>;

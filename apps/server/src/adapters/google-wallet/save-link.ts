import type { Resource, ResourceKind } from './resources.ts';
import type { ServiceAccount } from './service-account.ts';
import { signJwt } from './sign-jwt.ts';

/** Above this some browsers and messengers cut an address off. */
export const SAVE_JWT_CHARACTERS_MAX = 1_800;

/** Whole objects, or only their ids where Google has them already. */
export type SavePayload = Readonly<Partial<Record<`${ResourceKind}${'s' | 'es'}`, readonly Resource[]>>>;

/**
 * The token behind "Add to Google Wallet". It has no end of its own: whoever opens the link gets the card.
 * `origins`: sites that may show the button.
 */
export const makeSaveJwt = (
  account: ServiceAccount,
  { payload, origins, now }: { payload: SavePayload; origins: readonly string[]; now: Temporal.Instant },
): Promise<string> =>
  signJwt(account, {
    iss: account.email,
    aud: 'google',
    typ: 'savetowallet',
    iat: Math.floor(now.epochMilliseconds / 1_000),
    origins,
    payload,
  });

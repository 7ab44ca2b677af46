import {
  GoogleConnection,
  GoogleMessageState,
  GoogleWalletState,
  SaveGoogleCredential,
  SendGoogleMessage,
  SwitchGoogle,
} from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import { type Authorize, type Http, sendRefusal } from '../../../platform/http/index.ts';
import { selectAsset } from '../store/designs.ts';
import type { Wallet } from '../wallet.ts';
import { checkConnection } from './check-connection.ts';
import { describeGoogle } from './describe-google.ts';
import { drawForGoogle, type GooglePictureKind, PICTURE_TYPES } from './pictures.ts';
import { receiveCallback } from './receive-callback.ts';
import { saveGoogleCredential, switchGoogle } from './save-credential.ts';
import { sendGoogleMessage } from './send-message.ts';

export type GoogleRoutesOptions = {
  readonly wallet: Wallet;
  readonly authorize: Authorize;
  /** ISO 3166-1 alpha-2. Told by compose.ts, which knows companies. */
  readonly countryOf: (tenant: Tenant) => Promise<string>;
};

const tags = ['wallet'];
const CALLBACK_BYTES_MAX = 16 * 1024;
const CALLBACK_LIMIT = { max: 6_000, timeWindow: '1 minute' };
/** A person presses it; each time costs Google some requests. */
const CHECK_LIMIT = { max: 10, timeWindow: '1 minute' };

/** Everything about Google Wallet that is asked over HTTP, but for the guest's own link (see growth). */
export function googleRoutes(http: Http, options: GoogleRoutesOptions): void {
  settingsRoutes(http, options);
  messageRoute(http, options);
  callbackRoute(http, options.wallet);
  pictureRoute(http, options.wallet);
}

function settingsRoutes(http: Http, { wallet, authorize, countryOf }: GoogleRoutesOptions): void {
  const state = { response: { 200: GoogleWalletState } };
  http.get('/api/v1/google-wallet', { schema: { tags, ...state } }, async (request, reply) => {
    const actor = await authorize(request, 'credentials.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    return describeGoogle(wallet, tenant, await countryOf(tenant), request.t);
  });

  const put = { schema: { tags, body: SaveGoogleCredential, ...state } };
  http.put('/api/v1/google-wallet', put, async (request, reply) => {
    const actor = await authorize(request, 'credentials.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const country = await countryOf(tenant);
    const saved = await saveGoogleCredential(wallet, tenant, { ...request.body, country });
    if (!saved.ok) {
      const problem = request.t(`server:google.account.${saved.refusal.params?.problem}`);
      return sendRefusal(request, reply, { code: saved.refusal.code, params: { problem } }) as never;
    }
    return describeGoogle(wallet, tenant, country, request.t);
  });

  const patch = { schema: { tags, body: SwitchGoogle, ...state } };
  http.patch('/api/v1/google-wallet', patch, async (request, reply) => {
    const actor = await authorize(request, 'credentials.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const switched = await switchGoogle(tenant, request.body.enabled);
    if (!switched.ok) return sendRefusal(request, reply, switched.refusal) as never;
    return describeGoogle(wallet, tenant, await countryOf(tenant), request.t);
  });

  const check = { schema: { tags, response: { 200: GoogleConnection } }, config: { rateLimit: CHECK_LIMIT } };
  http.post('/api/v1/google-wallet/check', check, async (request, reply) => {
    const actor = await authorize(request, 'credentials.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const outcome = await checkConnection(wallet, actor.value.tenant);
    if (!outcome.ok) return sendRefusal(request, reply, outcome.refusal) as never;
    return { outcome: outcome.value, message: request.t(`server:google.connection.${outcome.value}`) };
  });
}

function messageRoute(http: Http, { wallet, authorize }: GoogleRoutesOptions): void {
  const schema = { tags, body: SendGoogleMessage, response: { 200: GoogleMessageState } };
  http.post('/api/v1/google-wallet/messages', { schema }, async (request, reply) => {
    const actor = await authorize(request, 'accounts.adjust');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const sent = await sendGoogleMessage(wallet, actor.value.tenant, request.body);
    if (!sent.ok) return sendRefusal(request, reply, sent.refusal) as never;
    return sent.value;
  });
}

/** Google repeats what is not answered with 200, so only what may be right later is answered otherwise. */
function callbackRoute(http: Http, wallet: Wallet): void {
  const config = { rateLimit: CALLBACK_LIMIT };
  http.post(
    '/google/callback',
    { bodyLimit: CALLBACK_BYTES_MAX, config, schema: { hide: true } },
    async (request, reply) => {
      const result = await receiveCallback(wallet, request.body);
      switch (result) {
        case 'counted':
        case 'repeated':
        case 'unknown':
          return reply.code(200).send();
        case 'keys_unavailable':
          return reply.code(503).send();
        default:
          return reply.code(400).send();
      }
    },
  );
}

const PICTURE = /^(logo|hero)-([0-9a-f]{64})-([0-9a-f]{6})$/;

/** Pictures of designs in Google's measures, named by content: Google fetches them by itself and keeps them. */
function pictureRoute(http: Http, wallet: Wallet): void {
  http.get('/google/pictures/:companyId/:name', { schema: { hide: true } }, async (request, reply) => {
    const { companyId, name } = request.params as { companyId: string; name: string };
    const match = PICTURE.exec(name);
    const tenant = match && /^[1-9]\d{0,8}$/.test(companyId) ? wallet.database.tenant(Number(companyId)) : null;
    const asset = tenant && (await selectAsset(tenant, tenant.companyId, match![2]!));
    if (!asset) return sendRefusal(request, reply, { code: 'not_found' });
    const kind = match![1] as GooglePictureKind;
    const picture = await wallet.pictures.get(`google:${companyId}:${name}`, () =>
      drawForGoogle(asset.bytes, kind, `#${match![3]}`),
    );
    return reply.header('cache-control', 'public, max-age=31536000, immutable').type(PICTURE_TYPES[kind]).send(picture);
  });
}

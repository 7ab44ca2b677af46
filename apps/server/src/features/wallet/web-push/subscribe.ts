import { type Refusal, type Result, refuse, succeed } from '@tessera/contract';
import type { Language } from '@tessera/contract/messages';
import { readBrowserKeys, type WebPush } from '../../../adapters/web-push/index.ts';
import { sha256 } from '../../../platform/crypto/index.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import type { Design, PassRecord } from '../model.ts';
import { contentsOf, identityOf } from '../render-pass.ts';
import type { CardContent } from '../resolve-fields.ts';
import { selectDesign } from '../store/designs.ts';
import type { Wallet } from '../wallet.ts';
import { toldOf } from './news.ts';
import { deleteOldest, deleteSubscription, upsertSubscription } from './subscriptions.store.ts';

/** A guest has a phone, a tablet, a computer; more are forgotten ones or somebody's joke. */
const BROWSERS_MAX = 10;

export type NewSubscription = {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
  /** The endpoint that the browser had before. */
  readonly replaces?: string | undefined;
};

/** How a browser is named here: its endpoint is a secret. */
export const subscriptionIdOf = (endpoint: string): string => sha256(endpoint).toString('hex');

/** What a seal is bound to: moved to another card it does not open. */
export const sealContext = (companyId: number, passId: number, subscriptionId: string): string =>
  `web_subscriptions:${companyId}:${passId}:${subscriptionId}`;

/** The card as one reads it in a language. */
export function contentIn(design: Design, pass: PassRecord, language: string): CardContent {
  const contents = contentsOf(design, pass, pass.snapshot, identityOf(pass));
  return (contents.find((one) => one.language === language) ?? contents[0]).content;
}

/**
 * Notes that a browser wants to hear of a card. The same browser again changes nothing.
 * Refuses `not_found` (this installation sends none), `card_not_found`, `push_service_unknown`.
 */
export async function subscribe(
  wallet: Wallet,
  tenant: Tenant,
  pass: PassRecord,
  { endpoint, keys, replaces, language }: NewSubscription & { readonly language: Language },
): Promise<Result<null>> {
  const { webPush, vault, clock } = wallet;
  if (!webPush) return refuse('not_found');
  const checked = check(webPush, { endpoint, keys });
  if (!checked.ok) return checked;
  const design = pass.voided ? null : await selectDesign(tenant, tenant.companyId, pass.designId);
  if (!design) return refuse('card_not_found');
  const { passId } = pass;
  const subscriptionId = subscriptionIdOf(endpoint);
  const context = sealContext(tenant.companyId, passId, subscriptionId);
  const sealed = vault.seal(JSON.stringify({ endpoint, keys }), context);
  const told = toldOf(contentIn(design, pass, language));
  const row = { passId, subscriptionId, service: checked.value, sealed, language, told };
  await upsertSubscription(tenant, row, clock.now());
  if (replaces !== undefined && replaces !== endpoint) {
    await deleteSubscription(tenant, passId, subscriptionIdOf(replaces));
  }
  await deleteOldest(tenant, passId, BROWSERS_MAX);
  return succeed(null);
}

function check(webPush: WebPush, { endpoint, keys }: NewSubscription): Result<string> {
  const service = webPush.serviceOf(endpoint);
  const unknown: Refusal = { code: 'push_service_unknown' };
  return service === null || !readBrowserKeys(keys) ? { ok: false, refusal: unknown } : succeed(service);
}

/** Forgets a browser; one that is not known is forgotten already. */
export const unsubscribe = (tenant: Tenant, passId: number, endpoint: string): Promise<void> =>
  deleteSubscription(tenant, passId, subscriptionIdOf(endpoint));

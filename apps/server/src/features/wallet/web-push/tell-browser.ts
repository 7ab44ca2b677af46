import { PAYLOAD_BYTES_MAX, readBrowserKeys } from '../../../adapters/web-push/index.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { selectDesign } from '../store/designs.ts';
import { selectPass } from '../store/passes.ts';
import type { Wallet } from '../wallet.ts';
import { newsOf, type Told, toldOf } from './news.ts';
import { contentIn, sealContext } from './subscribe.ts';
import {
  countSent,
  deleteSubscription,
  type Subscription,
  type SubscriptionKey,
  selectSubscription,
  selectWebMessage,
  updateTold,
} from './subscriptions.store.ts';

/** Says that a push service wants this later: the job is tried again. */
export class WebPushLaterError extends Error {}

/** News of a balance are stale the next day. */
const NEWS_SECONDS = 12 * 3_600;

type Words = {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  readonly ttlSeconds: number;
  readonly urgency: 'normal' | 'low';
};

/**
 * Tells one browser what it does not know yet of its card, or what somebody wants said (`message`). What the card says now
 * is told, so of many changes that waited the last one is.
 */
export async function tellBrowser(
  wallet: Wallet,
  tenant: Tenant,
  { message, ...key }: SubscriptionKey & { readonly message: string | null },
): Promise<void> {
  const subscription = await selectSubscription(tenant, key.passId, key.subscriptionId);
  if (!subscription || !wallet.webPush) return;
  const pass = await selectPass(tenant, tenant.companyId, key.passId);
  const design = pass && !pass.voided ? await selectDesign(tenant, tenant.companyId, pass.designId) : null;
  // A card that has ended has nothing more to say.
  if (!pass || !design) return deleteSubscription(tenant, key.passId, key.subscriptionId);
  const content = contentIn(design, pass, subscription.language);
  const t = wallet.texts(subscription.language === 'en' ? 'en' : 'ru');
  const told = message === null ? toldOf(content) : subscription.told;
  const words =
    message === null
      ? wordsOfNews(content.organizationName, newsOf(content, subscription.told, t('server:web_push.several')))
      : await wordsOfMessage(tenant, key.passId, message);
  if (!words) {
    // Fields have come or gone in silence.
    if (!sameTold(told, subscription.told)) await updateTold(tenant, key, { told, okAt: null });
    return;
  }
  const sent = await send(wallet, tenant, subscription, words);
  if (!sent) return;
  await updateTold(tenant, key, { told, okAt: wallet.clock.now() });
  if (message !== null) await countSent(tenant, key.passId, message);
}

const wordsOfNews = (title: string, news: ReturnType<typeof newsOf>): Words | null =>
  news && { title, body: news.text, tag: news.topic, ttlSeconds: NEWS_SECONDS, urgency: 'normal' };

async function wordsOfMessage(tenant: Tenant, passId: number, key: string): Promise<Words | null> {
  const message = await selectWebMessage(tenant, passId, key);
  return message && { ...message, tag: key, urgency: 'low' };
}

const sameTold = (one: Told, other: Told): boolean =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([key, hash]) => other[key] === hash);

/** true: the service has taken it. */
async function send(wallet: Wallet, tenant: Tenant, subscription: Subscription, words: Words): Promise<boolean> {
  const { passId, subscriptionId, service } = subscription;
  const context = sealContext(tenant.companyId, passId, subscriptionId);
  const opened = JSON.parse(wallet.vault.open(subscription.sealed, context).toString()) as {
    endpoint: string;
    keys: { p256dh: string; auth: string };
  };
  const keys = readBrowserKeys(opened.keys);
  if (!keys) throw new Error('A stored subscription has no keys.');
  const outcome = await wallet.webPush!.send({
    endpoint: opened.endpoint,
    keys,
    payload: payloadOf(words),
    ttlSeconds: words.ttlSeconds,
    urgency: words.urgency,
    topic: topicOf(words.tag),
  });
  wallet.metrics.pushes.inc({ result: `web_${outcome.status}` });
  const fields = { companyId: tenant.companyId, passId, service };
  switch (outcome.status) {
    case 'sent':
      return true;
    case 'gone':
      await deleteSubscription(tenant, passId, subscriptionId);
      return false;
    case 'refused':
      // Our keys or our words: the browser may still be there.
      wallet.log.error({ ...fields, reason: outcome.reason }, 'a web push is refused');
      return false;
    case 'later':
      throw new WebPushLaterError(outcome.reason);
  }
}

const BODY_CHARACTERS_MAX = 500;

/** No address and no number of the card: the browser's worker knows whose it is. */
function payloadOf({ title, body, tag }: Words): Buffer {
  const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
  const payload = Buffer.from(
    JSON.stringify({ title: cut(title, 100), body: cut(body, BODY_CHARACTERS_MAX), tag: cut(tag, 64) }),
  );
  if (payload.length > PAYLOAD_BYTES_MAX) throw new Error('A web push message is too long.');
  return payload;
}

/** At most 32 characters of base64url. */
const topicOf = (tag: string): string => Buffer.from(tag).toString('base64url').slice(0, 32);

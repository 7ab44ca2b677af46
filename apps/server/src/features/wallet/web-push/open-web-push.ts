import { createWebPush, makeVapidKeys, type VapidKeys, type WebPush } from '../../../adapters/web-push/index.ts';
import type { Platform } from '../../../platform/context.ts';
import { createPace } from '../../../platform/pace.ts';
import { keepFirstKeys, selectKeys } from './keys.store.ts';

const CONTEXT = 'settings:web_push_keys';
/** No service names its limit; this is a tenth of what the free tiers of services in between allow themselves. */
const PACE = { perSecond: 50, burst: 50 } as const;

/** The keys of this installation, made at the first start: with another pair every browser would be lost. */
async function keysOf(platform: Platform): Promise<VapidKeys> {
  const { vault } = platform;
  const known = await selectKeys(platform);
  if (known) return openKeys(platform, known);
  const { publicKey, privateKey } = makeVapidKeys();
  const sealed = vault.seal(privateKey, CONTEXT).toString('base64');
  return openKeys(platform, await keepFirstKeys(platform, { publicKey, privateKeySealed: sealed }));
}

const openKeys = ({ vault }: Platform, stored: { publicKey: string; privateKeySealed: string }): VapidKeys => ({
  publicKey: stored.publicKey,
  privateKey: vault.open(Buffer.from(stored.privateKeySealed, 'base64'), CONTEXT).toString(),
});

/**
 * Opens the way to the push services of browsers.
 * @param also the origin of a test's own push service
 */
export async function openWebPush(platform: Platform, { also }: { also: string | null }): Promise<WebPush> {
  const pace = createPace(platform.database.platform, PACE);
  return createWebPush({
    keys: await keysOf(platform),
    subject: subjectOf(platform.publicUrl),
    // Push services look at real clocks, also when a demo's was put ahead.
    clock: () => Temporal.Now.instant(),
    random: platform.random,
    pace: (service, patience) => pace(`web-push:${service}`, patience),
    also,
  });
}

/** Where a push service finds whoever runs this installation. Apple refuses `localhost` and anything that is no address. */
function subjectOf(publicUrl: string): string {
  const { protocol, hostname } = new URL(publicUrl);
  const real = hostname.includes('.') && !/^[\d.]+$/.test(hostname);
  return protocol === 'https:' && real ? publicUrl : `mailto:webmaster@${real ? hostname : 'tessera.invalid'}`;
}

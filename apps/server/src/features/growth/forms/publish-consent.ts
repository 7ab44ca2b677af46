import type { NewConsentText } from '@tessera/contract';
import type { Platform } from '../../../platform/context.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { currentConsentText, publishConsentText } from '../../guests/index.ts';

/**
 * Publishes a new version of what guests agree to. What they agreed to before stays as it was: a consent names its
 * version. The same text again makes no version.
 */
export async function publishConsent(platform: Platform, tenant: Tenant, wish: NewConsentText): Promise<void> {
  const { purpose, language } = wish;
  const body = wish.text.trim().replace(/\r\n?/g, '\n');
  const before = await currentConsentText(tenant, purpose, language);
  if (before?.body === body) return;
  const now = platform.clock.now();
  // To the second, so that two versions of a day are told apart, and people can read it.
  const version = now.toString({ smallestUnit: 'second' });
  await publishConsentText(tenant, { purpose, language, version, body }, now);
}

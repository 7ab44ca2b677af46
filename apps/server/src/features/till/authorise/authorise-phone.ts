import { type PinChannel, type Result, refuse, succeed, type TillSettings } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import { beginTillPin, confirmTillPin, normalizePhone, noteProof, tillSettingsOf } from '../../guests/index.ts';
import { findAccount } from '../../loyalty/index.ts';
import { readyChannels } from '../../messaging/index.ts';
import { type Asker, nameOfAsker } from './model.ts';
import type { AuthorisePlatform } from './platform.ts';
import { queuePin } from './store.ts';

export type Authorising = { request: string; expiresAt: Temporal.Instant; pauseSeconds: number };

/**
 * Begins to authorise a guest by his phone: a PIN goes out by the first way that works. Whether anybody has this phone is
 * told by nothing: the answer, its time and what follows a wrong PIN are the same.
 * @returns invalid_phone, pin_not_sent (no way works, for nobody), code_too_often
 */
export async function authorisePhone(
  platform: AuthorisePlatform,
  tenant: Tenant,
  { phone: text, asker }: { phone: string; asker: Asker },
): Promise<Result<Authorising>> {
  const { country } = await platform.companies.of(tenant);
  const phone = normalizePhone(text, country);
  if (!phone) return refuse('invalid_phone');
  const settings = await tillSettingsOf(tenant);
  const ways = await openWays(platform, tenant, settings);
  if (ways.length === 0) return refuse('pin_not_sent');
  const account = await findAccount(platform, tenant, 'phone', phone);
  const begun = await beginTillPin(platform, tenant, settings, {
    phone,
    accountId: account?.accountId ?? null,
    asker: nameOfAsker(asker),
    further: (transaction, codeId) => queuePin(transaction, { codeId, now: platform.clock.now() }),
  });
  if (!begun.ok) return begun;
  platform.wake();
  const { number, expiresAt } = begun.value;
  return succeed({ request: String(number), expiresAt, pauseSeconds: settings.pin.pauseSeconds });
}

/** The ways of a company that work now, in its order. */
export async function openWays(
  platform: AuthorisePlatform,
  tenant: Tenant,
  { pin }: Pick<TillSettings, 'pin'>,
): Promise<PinChannel[]> {
  const toPhones: readonly PinChannel[] = await readyChannels(platform, tenant);
  const bot = (await platform.pinBot?.ready(tenant)) ?? false;
  return pin.channels.filter((channel) => (channel === 'bot' ? bot : toPhones.includes(channel)));
}

/**
 * Exchanges the PIN for the account, once; from then on this till may let the guest spend for a while.
 * @param request its number, or null for the newest one of this till
 * @returns code_wrong, code_expired, code_spent, codes_wait
 */
export async function confirmPin(
  platform: AuthorisePlatform,
  tenant: Tenant,
  { request, pin, asker }: { request: string | null; pin: string; asker: Asker },
): Promise<Result<{ accountId: number }>> {
  const digits = request === null ? null : request.replace(/\s/g, '');
  if (digits !== null && !/^\d{1,18}$/.test(digits)) return refuse('code_expired');
  const name = nameOfAsker(asker);
  const number = digits === null ? null : BigInt(digits);
  const confirmed = await confirmTillPin(platform, tenant, { number, pin, asker: name });
  if (!confirmed.ok) return confirmed;
  const { accountId } = confirmed.value;
  await noteProof(tenant, { asker: name, accountId, now: platform.clock.now() });
  return succeed({ accountId });
}

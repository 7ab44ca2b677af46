import { type PinMode, type Result, refuse, succeed, type TillSettings } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import {
  exchangeCardCode,
  hasProof,
  normalizePhone,
  noteProof,
  readCardCode,
  tillSettingsOf,
} from '../../guests/index.ts';
import { findMember, type MemberView, viewMember } from '../../loyalty/index.ts';
import type { FoundByCode } from '../../wallet/index.ts';
import type { TillPlatform } from '../find-guest.ts';
import { type Asker, modeFor, nameOfAsker } from './model.ts';

/**
 * Finds a guest by what he says or shows: phone, code of his card, card number, or digits that live some minutes. Where a
 * PIN is demanded, a phone alone finds nobody; what he shows also lets him spend at this till for a while.
 * @param alwaysSpends for a till that cannot tell us what it is about: a PIN before spending is then one before anything
 * A card whose last day is over finds nobody: see decision 0054.
 * @returns account_not_found, pin_needed, code_expired, codes_wait, card_code_old, card_ended, account_closed
 */
export async function identify(
  platform: TillPlatform,
  tenant: Tenant,
  { text: asked, asker, alwaysSpends = false }: { text: string; asker: Asker; alwaysSpends?: boolean },
): Promise<Result<MemberView>> {
  const settings = await tillSettingsOf(tenant);
  const usual = modeFor(settings, asker);
  const mode = alwaysSpends && usual === 'to_spend' ? 'always' : usual;
  const text = asked.trim();
  const { country } = await platform.companies.of(tenant);
  const phone = /\p{L}/u.test(text) ? null : normalizePhone(text, country);
  if (phone && mode !== 'always') {
    const member = await findMember(platform, tenant, 'phone', phone);
    if (member) return succeed(member);
  }
  const shown = await findShown(platform, tenant, text);
  if (shown?.worth === 'old') return refuse('card_code_old');
  if (shown?.worth === 'ended') return refuse('card_ended');
  if (shown?.worth === 'erased') return refuse('account_closed');
  if (shown?.worth === 'full') {
    await proveIn(platform, tenant, mode, asker, shown.member);
    return succeed(shown.member);
  }
  // It names the guest and proves nothing, as his phone number does.
  if (shown) return mode === 'always' ? refuse('pin_needed') : succeed(shown.member);
  if (phone) return refuse(mode === 'always' ? 'pin_needed' : 'account_not_found');
  if (readCardCode(text) === null) return refuse('account_not_found');
  const exchanged = await exchangeCardCode(platform, tenant, { text, asker: nameOfAsker(asker) });
  if (!exchanged.ok) return exchanged.refusal.code === 'code_wrong' ? refuse('account_not_found') : exchanged;
  const member = await viewMember(platform, tenant, exchanged.value.accountId);
  if (!member) return refuse('account_not_found');
  await proveIn(platform, tenant, mode, asker, member);
  return succeed(member);
}

type Shown = { readonly member: MemberView; readonly worth: NonNullable<FoundByCode>['worth'] };

/** By the code of a card, which may be typed in small letters and in groups, or by the number of plastic. */
async function findShown(platform: TillPlatform, tenant: Tenant, text: string): Promise<Shown | null> {
  const card = await platform.findByCardCode(tenant, text);
  if (card) {
    const member = await viewMember(platform, tenant, card.accountId);
    return member && { member, worth: card.worth };
  }
  const plain = text.replace(/[\s-]/g, '').toUpperCase();
  const exact = await findMember(platform, tenant, 'card', text);
  const member = exact ?? (plain === text ? null : await findMember(platform, tenant, 'card', plain));
  return member && { member, worth: 'full' };
}

/** Where no PIN is ever asked, nobody looks at proofs. */
async function proveIn(
  platform: TillPlatform,
  tenant: Tenant,
  mode: PinMode,
  asker: Asker,
  { account }: MemberView,
): Promise<void> {
  if (mode === 'never') return;
  const { accountId } = account;
  await noteProof(tenant, { asker: nameOfAsker(asker), accountId, now: platform.clock.now() });
}

/** Whether a till may take points of an account, or give it another card: where a PIN is asked, only after one. */
export async function mayAct(
  platform: TillPlatform,
  tenant: Tenant,
  { accountId, asker, settings }: { accountId: number; asker: Asker; settings?: TillSettings },
): Promise<boolean> {
  const known = settings ?? (await tillSettingsOf(tenant));
  if (modeFor(known, asker) === 'never') return true;
  const since = platform.clock.now().subtract({ minutes: known.pin.proofMinutes });
  return hasProof(tenant, { asker: nameOfAsker(asker), accountId, since });
}

import { type Result, refuse, succeed } from '@tessera/contract';
import { type Command, decide, type Entry, type Expiry } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import {
  changeProfile,
  claimIdentifiers,
  dropIdentifiers,
  type Guest,
  type Identifier,
  type Profile,
  replaceMainPhone,
} from '../../guests/index.ts';
import { type MemberView, viewMember } from '../account-view.ts';
import { updateAccount } from '../account-write.store.ts';
import { type Member, selectAccountByIdentifier, selectMemberOfAccount } from '../accounts.store.ts';
import { type CompanionWrite, writeTogether } from '../companions.ts';
import { askForBirthdayOfGuest } from '../earning/birthdays.store.ts';
import { isPastDay } from '../earning/edit-birthday.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { toRefusal, withBalances } from '../model.ts';
import { type Attempt, untilWritten } from '../until-written.ts';
import { tellOtherAccounts } from './own-terms.store.ts';

/** What is to become of an account and its guest. Absent stays as it is. */
export type AccountChange = {
  readonly profile: Partial<Omit<Profile, 'language'>>;
  /** E.164 digits: takes the place of the main phone, which no longer leads to the guest. */
  readonly phone?: string | undefined;
  /** Cards that the guest has from now on, beside those that he has; and those that he has no longer. */
  readonly addCards: readonly string[];
  readonly dropCards: readonly string[];
  /** Basis points; null is the programme's again. */
  readonly rateBasisPoints?: number | null | undefined;
  readonly discountBasisPoints?: number | null | undefined;
  /** When points burn that come from now on; null as the programme says. */
  readonly expiry?: Expiry | null | undefined;
  /** A level held by hand, at least until the end of a day (null: until it is taken off); null takes it off. */
  readonly level?: { readonly id: string; readonly lastDay: string | null } | null | undefined;
  readonly blocked?: boolean | undefined;
};

const IDENTIFIERS_MAX = 100;

/**
 * Changes the profile of a guest and the terms of his account, all of it in one transaction or nothing. The same change
 * again changes nothing, so it needs no key.
 * @returns account_not_found; identifier_taken (with accountId) for a phone or a card of another guest; limit_reached;
 *   unknown_level, value_invalid; in_progress
 */
export async function changeAccount(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  accountId: number,
  change: AccountChange,
): Promise<Result<MemberView>> {
  const changed = await platform.inTurn(`${tenant.companyId}:${accountId}`, () =>
    untilWritten(() => attempt(platform, tenant, accountId, change)),
  );
  if (!changed.ok) return changed;
  platform.wake();
  return succeed((await viewMember(platform, tenant, accountId))!);
}

async function attempt(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  accountId: number,
  change: AccountChange,
): Promise<Attempt<null>> {
  const found = await selectMemberOfAccount(platform.database, tenant, accountId);
  if (!found) return refuse('account_not_found');
  const now = platform.clock.now();
  const { birthday } = change.profile;
  if (birthday && !isPastDay(birthday, now)) return refuse('value_invalid', { field: 'birthday', value: birthday });
  const wanted = wantedIdentifiers(found.guest, change);
  if (found.guest.identifiers.length + wanted.length > IDENTIFIERS_MAX) return refuse('limit_reached');
  for (const { kind, value } of wanted) {
    const owner = await selectAccountByIdentifier(tenant, kind, value);
    if (owner && owner.guestId !== found.guest.guestId) {
      return refuse('identifier_taken', { kind, accountId: owner.accountId });
    }
  }
  const { account } = found;
  const rules = await platform.rules.of(tenant, account.rules, now);
  const entries: Entry[] = [];
  let { state } = account;
  for (const command of commandsOf(change)) {
    const decision = decide(state, command, rules, now);
    if (!decision.ok) return { ok: false, refusal: toRefusal(decision) };
    entries.push(...decision.entries);
    state = decision.state;
  }
  const stored = withBalances(account.state, entries);
  const write = { accountId, version: account.version, state, rules, checkId: null, stored, now };
  const companions = companionsOf(found, change, now);
  if (entries.length === 0 && companions.length === 0) return succeed(null);
  const written = await writeTogether(
    tenant,
    (queryable) => updateAccount(queryable, tenant.companyId, write),
    companions,
  );
  return written ? succeed(null) : 'lost_race';
}

function commandsOf({ rateBasisPoints, discountBasisPoints, expiry, level, blocked }: AccountChange): Command[] {
  const agreed = rateBasisPoints !== undefined || discountBasisPoints !== undefined || expiry !== undefined;
  return [
    ...(agreed ? [{ kind: 'own_terms', rateBasisPoints, discountBasisPoints, expiry } as const] : []),
    ...(level ? [{ kind: 'pin_level', level: level.id, lastDay: level.lastDay } as const] : []),
    ...(level === null ? [{ kind: 'unpin_level' } as const] : []),
    ...(blocked === undefined ? [] : [{ kind: blocked ? 'block' : 'unblock' } as const]),
  ];
}

const isOf = ({ identifiers }: Guest, kind: Identifier['kind'], value: string): boolean =>
  identifiers.some((one) => one.kind === kind && one.value === value);

/** What the guest does not have yet. */
function wantedIdentifiers(guest: Guest, { phone, addCards }: AccountChange): Identifier[] {
  const cards = [...new Set(addCards)].filter(
    (value) => !isOf(guest, 'card', value) && !isOf(guest, 'external', value),
  );
  return [
    ...(phone === undefined || isOf(guest, 'phone', phone)
      ? []
      : [{ kind: 'phone', value: phone, main: true, verifiedAt: null } as const]),
    ...cards.map((value) => ({ kind: 'card', value, main: false, verifiedAt: null }) as const),
  ];
}

/** Everything beside the account, each only where it differs. */
function companionsOf({ account, guest }: Member, change: AccountChange, now: Temporal.Instant): CompanionWrite[] {
  const { accountId } = account;
  const { guestId } = guest;
  const { guestId: _id, identifiers, language, ...known } = guest;
  const profile = { ...known, ...change.profile };
  const differs = Object.entries(profile).some(([name, value]) => known[name as keyof typeof known] !== value);
  const phone = change.phone === undefined ? null : change.phone;
  const mainPhone = identifiers.find(({ kind, main }) => kind === 'phone' && main)?.value ?? null;
  const cards = wantedIdentifiers(guest, { ...change, phone: undefined });
  const drop = change.dropCards.filter((value) => isOf(guest, 'card', value) || isOf(guest, 'external', value));
  const writes: CompanionWrite[] = [];
  if (differs) writes.push((transaction) => changeProfile(transaction, guestId, { ...profile, language }, now));
  if (profile.birthday !== known.birthday) {
    writes.push(async (transaction) => {
      await askForBirthdayOfGuest(transaction, transaction.companyId, guestId, now);
      return true;
    });
  }
  if (phone !== null && phone !== mainPhone) {
    writes.push((transaction) => replaceMainPhone(transaction, guestId, { phone, was: mainPhone, now }));
  }
  if (drop.length > 0) writes.push((transaction) => dropIdentifiers(transaction, guestId, ['card', 'external'], drop));
  if (cards.length > 0) writes.push((transaction) => claimIdentifiers(transaction, guestId, cards, now));
  if (writes.length > 0) {
    writes.push((transaction) => tellOtherAccounts(transaction, { guestId, accountId, now }));
  }
  return writes;
}

import { type Result, refuse, succeed } from '@tessera/contract';
import { isUniqueViolation, type Tenant } from '../../platform/database/index.ts';
import {
  addGuest,
  addIdentifier,
  addTags,
  type Consent,
  type Identifier,
  type Profile,
  recordConsent,
  wasErased,
} from '../guests/index.ts';
import { insertAccount, selectAccountByIdentifier, selectGroup } from './accounts.store.ts';
import { askForBirthday } from './earning/birthdays.store.ts';
import { beginAccount } from './groups/begin-account.ts';
import type { LoyaltyPlatform } from './loyalty-platform.ts';
import {
  type CameBy,
  type KnownAs,
  type PreparedReferral,
  prepareReferral,
  writePrepared,
} from './referral/begin-referral.ts';

export type NewAccount = {
  groupId: number;
  profile: Profile;
  /** At least the phone; the first phone is the main one. */
  identifiers: readonly Identifier[];
  consents?: readonly Consent[];
  /** How the guest came, when somebody may have brought him. Whatever it leads to, he is never refused for it. */
  cameBy?: CameBy | undefined;
};

export type OpenedAccount = { accountId: number; guestId: number };

/**
 * Opens an account by the template of its group: the guest, his identifiers, the group's tags, the welcome points, in one
 * transaction.
 * @returns account_exists (with accountId) when an identifier belongs to somebody; group_not_found,
 *   group_without_template
 */
export async function openAccount(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  account: NewAccount,
): Promise<Result<OpenedAccount>> {
  const found = await selectGroup(tenant, account.groupId);
  if (!found) return refuse('group_not_found');
  const { group } = found;
  if (!group.template) return refuse('group_without_template');
  const known = await findExisting(tenant, account.identifiers);
  if (known) {
    await noteKnown(platform, tenant, account, group.programmeId, known);
    return refuse('account_exists', { accountId: known.accountId });
  }
  const now = platform.clock.now();
  const rules = await platform.rules.of(tenant, found.rules, now);
  // Whoever had himself erased and comes back is a new guest, but was welcomed before.
  const welcome = group.template.welcome && !(await wasErased(platform, tenant, account.identifiers));
  const { state, entries } = beginAccount(group.name, { ...group.template, welcome }, rules, now);
  const brought = await prepare(platform, tenant, account, group.programmeId, null);
  const { tags = [] } = group.template;
  try {
    const opened = await tenant.transaction(async (transaction) => {
      const { companyId } = tenant;
      const guestId = await addGuest(transaction, companyId, account.profile, now);
      for (const identifier of account.identifiers) {
        await addIdentifier(transaction, companyId, guestId, identifier, now);
      }
      for (const consent of account.consents ?? []) await recordConsent(transaction, companyId, guestId, consent);
      if (tags.length > 0) await addTags(transaction, companyId, guestId, { tags, now });
      const { programmeId, groupId } = group;
      const fresh = { guestId, programmeId, groupId, state, rules };
      const accountId = await insertAccount(transaction, companyId, fresh, entries, now);
      const celebrates = rules.birthday !== null && account.profile.birthday !== null;
      if (celebrates) await askForBirthday(transaction, companyId, accountId, now);
      if (brought) await writePrepared(transaction, companyId, brought, { accountId, now });
      return { guestId, accountId };
    });
    return succeed(opened);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const twin = await findExisting(tenant, account.identifiers);
    return refuse('account_exists', twin ? { accountId: twin.accountId } : {});
  }
}

/** Who has brought this guest, where a registration can tell; null where nothing is asked. */
async function prepare(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  { cameBy, identifiers }: NewAccount,
  programmeId: number,
  known: KnownAs | null,
): Promise<PreparedReferral | null> {
  if (!cameBy) return null;
  const phone = identifiers.find((one) => one.kind === 'phone')?.value ?? null;
  return prepareReferral(platform, tenant, { programmeId, phone, cameBy, known });
}

/** A guest who is known already is no new one: the operator shall see who wanted to bring him. */
async function noteKnown(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  account: NewAccount,
  programmeId: number,
  known: KnownAs,
): Promise<void> {
  const brought = await prepare(platform, tenant, account, programmeId, known);
  const { accountId } = known;
  if (brought) await writePrepared(tenant, tenant.companyId, brought, { accountId, now: platform.clock.now() });
}

async function findExisting(tenant: Tenant, identifiers: readonly Identifier[]): Promise<KnownAs | null> {
  for (const { kind, value } of identifiers) {
    const account = await selectAccountByIdentifier(tenant, kind, value);
    if (account) return { accountId: account.accountId, by: kind === 'phone' ? 'phone' : 'other' };
  }
  return null;
}

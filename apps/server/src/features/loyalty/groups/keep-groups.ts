import { type Result, refuse, succeed } from '@tessera/contract';
import { parseExpiry, type Rules } from '@tessera/loyalty';
import { isUniqueViolation, type Tenant } from '../../../platform/database/index.ts';
import { insertGroup } from '../accounts.store.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import type { GroupTemplate } from '../model.ts';
import { selectProgramme } from '../programmes/programmes.store.ts';
import { GROUPS_MAX, type ListedGroup, selectListedGroups, selectNextGroup, updateGroup } from './groups.store.ts';

type GroupWish = { groupId?: number | undefined; programmeId: number; name: string; template: GroupTemplate | null };

/**
 * Makes an account group. The number is its natural key: the same group again finds itself.
 * @returns programme_not_found, group_template_invalid, group_exists for a number of another group, group_limit
 */
export async function addGroup(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  wish: GroupWish,
): Promise<Result<ListedGroup>> {
  const checked = await checkTemplate(platform, tenant, wish);
  if (!checked.ok) return checked;
  const { next, count } = await selectNextGroup(tenant);
  if (count >= GROUPS_MAX) return refuse('group_limit', { limit: GROUPS_MAX });
  const groupId = wish.groupId ?? next;
  try {
    await insertGroup(tenant, { ...wish, groupId });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    // Without a number of his own the caller had bad luck with somebody who was faster: the next one is free.
    if (wish.groupId === undefined) return addGroup(platform, tenant, wish);
    const [known] = await selectListedGroups(tenant, groupId);
    const same = known && known.name === wish.name && known.programmeId === wish.programmeId;
    return same ? succeed(known) : refuse('group_exists');
  }
  return succeed((await selectListedGroups(tenant, groupId))[0]!);
}

/**
 * Changes what accounts of a group begin with from now on; those that are open stay as they are.
 * @returns group_not_found, group_template_invalid
 */
export async function changeGroup(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  wish: { groupId: number; name: string; template: GroupTemplate | null },
): Promise<Result<ListedGroup>> {
  const [known] = await selectListedGroups(tenant, wish.groupId);
  if (!known) return refuse('group_not_found');
  const checked = await checkTemplate(platform, tenant, { ...wish, programmeId: known.programmeId });
  if (!checked.ok) return checked;
  await updateGroup(tenant, wish, platform.clock.now());
  platform.wake();
  return succeed({ ...known, name: wish.name, template: wish.template });
}

async function checkTemplate(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  { programmeId, template }: GroupWish,
): Promise<Result<null>> {
  const programme = await selectProgramme(tenant, programmeId);
  if (!programme) return refuse('programme_not_found');
  const rules = await platform.rules.of(tenant, programme.rules, platform.clock.now());
  const field = template && wrongField(template, rules);
  return field === null ? succeed(null) : refuse('group_template_invalid', { field });
}

/** The field of a template that does not fit the rules; `null` when all do. */
function wrongField({ level, expiry }: GroupTemplate, rules: Rules): string | null {
  if (level !== undefined && !rules.levels.some(({ id }) => id === level)) return 'level';
  if (expiry === undefined) return null;
  const parsed = parseExpiry(expiry);
  return parsed.ok ? null : ['expiry', parsed.problems[0]!.path].filter(Boolean).join('.');
}

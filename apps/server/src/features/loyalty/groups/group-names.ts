import type { Tenant } from '../../../platform/database/index.ts';
import { createRemembered } from '../../../platform/remembered.ts';
import { selectGroupName } from './groups.store.ts';

/** Names of account groups, by number; '' for one that there is not. */
export type GroupNames = (tenant: Tenant, groupId: number) => Promise<string>;

/** Asked for with every card that is brought up to date, and changed once in a blue moon. */
const REMEMBERED = { milliseconds: 2_000, max: 10_000 };

export function createGroupNames(): GroupNames {
  const remembered = createRemembered<string>(REMEMBERED);
  return async (tenant, groupId) =>
    (await remembered.of(`${tenant.companyId}:${groupId}`, () => selectGroupName(tenant, groupId))) ?? '';
}

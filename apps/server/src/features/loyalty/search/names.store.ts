import { type AccountState, type StateJson, stateFromJson } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import { foundParameters, type GuestSearch, guestsFound } from '../../guests/index.ts';
import { RULES_COLUMNS, type RulesRow, toRulesInForce } from '../accounts.store.ts';
import type { RulesInForce } from '../model.ts';

export type FoundByName = {
  accountId: number;
  firstName: string;
  lastName: string;
  phone: string | null;
  /** Id of the level as it was last written. */
  level: string;
  rules: RulesInForce;
  /** Only when something has come due that no job has written yet. */
  overdueState: AccountState | null;
  blocked: boolean;
};

type NameRow = RulesRow & {
  account_id: bigint;
  first_name: string;
  last_name: string;
  phone: string | null;
  level: string;
  overdue_state: StateJson | null;
  blocked: boolean;
};

/** Guests that a search looks at: two letters of a common name fit a tenth of all. */
const LOOKED_AT_MAX = 200;
/** Accounts of guests whose names begin as was typed, who came last first. */
export async function selectByName(
  tenant: Tenant,
  search: GuestSearch,
  { now, limit }: { now: Temporal.Instant; limit: number },
): Promise<FoundByName[]> {
  const rows = await tenant.query<NameRow>(
    {
      name: 'guests-by-name',
      text: `with ${guestsFound(4)}
             select a.account_id, g.first_name, g.last_name, a.level, ${RULES_COLUMNS},
               (select i.value from guest_identifiers i
                where i.company_id = a.company_id and i.guest_id = a.guest_id and i.kind = 'phone'
                order by i.main desc limit 1) as phone,
               case when a.next_due_at <= $2 then a.state end as overdue_state,
               coalesce((a.state ->> 'blocked')::boolean, false) as blocked
             from guests_found f
             join guests g on g.company_id = $1 and g.guest_id = f.guest_id
             join accounts a on a.company_id = $1 and a.guest_id = f.guest_id
             join programmes p on p.company_id = a.company_id and p.programme_id = a.programme_id
             order by a.last_sale_at desc nulls last, a.account_id desc limit $3`,
    },
    [tenant.companyId, now.toString(), limit, ...foundParameters(search, LOOKED_AT_MAX)],
  );
  return rows.map((row) => ({
    accountId: Number(row.account_id),
    firstName: row.first_name,
    lastName: row.last_name,
    phone: row.phone,
    level: row.level,
    rules: toRulesInForce(row),
    overdueState: row.overdue_state ? stateFromJson(row.overdue_state) : null,
    blocked: row.blocked,
  }));
}

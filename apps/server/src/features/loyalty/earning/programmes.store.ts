import type { Tenant } from '../../../platform/database/index.ts';
import { RULES_COLUMNS, type RulesRow, toRulesInForce } from '../accounts.store.ts';
import type { RulesInForce } from '../model.ts';

/** The rules of a programme; null for an unknown one, or one without any. */
export async function selectProgrammeRules(tenant: Tenant, programmeId: number): Promise<RulesInForce | null> {
  const rows = await tenant.query<RulesRow>(
    `select ${RULES_COLUMNS} from programmes p where p.company_id = $1 and p.programme_id = $2 and p.rules_id is not null`,
    [tenant.companyId, programmeId],
  );
  return rows[0] ? toRulesInForce(rows[0]) : null;
}

import type { BudgetRoom } from '@tessera/loyalty';
import type { Tenant, TenantTransaction } from '../../../platform/database/index.ts';

export type BudgetRow = { budgetId: string; name: string; amount: bigint; used: bigint; updatedAt: Temporal.Instant };

/** What the budgets have left. A manager may have set one below what it has given: it has nothing left. */
export async function selectBudgetRooms(
  tenant: Tenant,
  programmeId: number,
  budgetIds: readonly string[],
): Promise<BudgetRoom[]> {
  const rows = await tenant.query<{ budget_id: string; room: bigint }>(
    {
      name: 'budget-rooms',
      text: `select budget_id, greatest(amount - used, 0) as room from campaign_budgets
             where company_id = $1 and programme_id = $2 and budget_id = any ($3)`,
    },
    [tenant.companyId, programmeId, budgetIds],
  );
  return rows.map((row) => ({ budgetId: row.budget_id, points: row.room }));
}

/** Adds what a sale draws; false when the budget has meanwhile less than that. */
export async function drawBudget(
  transaction: TenantTransaction,
  programmeId: number,
  { budgetId, points }: BudgetRoom,
): Promise<boolean> {
  const rows = await transaction.query(
    {
      name: 'budget-draw',
      text: `update campaign_budgets set used = used + $4
             where company_id = $1 and programme_id = $2 and budget_id = $3 and used + $4 <= amount returning budget_id`,
    },
    [transaction.companyId, programmeId, budgetId, points],
  );
  return rows.length > 0;
}

/** Gives back what a return no longer earns. A budget that was deleted has nothing to give back to. */
export async function undrawBudget(
  transaction: TenantTransaction,
  programmeId: number,
  { budgetId, points }: BudgetRoom,
): Promise<void> {
  await transaction.query(
    `update campaign_budgets set used = greatest(used - $4, 0)
     where company_id = $1 and programme_id = $2 and budget_id = $3`,
    [transaction.companyId, programmeId, budgetId, points],
  );
}

const BUDGETS_MAX = 1000;

export async function selectBudgets(tenant: Tenant, programmeId: number): Promise<BudgetRow[]> {
  const rows = await tenant.query<{
    budget_id: string;
    name: string;
    amount: bigint;
    used: bigint;
    updated_at: Temporal.Instant;
  }>(
    `select budget_id, name, amount, used, updated_at from campaign_budgets
     where company_id = $1 and programme_id = $2 order by budget_id limit ${BUDGETS_MAX}`,
    [tenant.companyId, programmeId],
  );
  return rows.map(({ budget_id, updated_at, ...row }) => ({ ...row, budgetId: budget_id, updatedAt: updated_at }));
}

/** Makes a budget or changes its name and amount; what it has given stays. null for an unknown programme. */
export async function upsertBudget(
  tenant: Tenant,
  programmeId: number,
  budget: { budgetId: string; name: string; amount: bigint },
  now: Temporal.Instant,
): Promise<BudgetRow | null> {
  const rows = await tenant.query<{ used: bigint }>(
    `insert into campaign_budgets (company_id, programme_id, budget_id, name, amount, created_at, updated_at)
     select $1, $2, $3, $4, $5, $6, $6
     where exists (select from programmes where company_id = $1 and programme_id = $2)
     on conflict (company_id, programme_id, budget_id)
       do update set name = excluded.name, amount = excluded.amount, updated_at = excluded.updated_at
     returning used`,
    [tenant.companyId, programmeId, budget.budgetId, budget.name, budget.amount, now.toString()],
  );
  return rows[0] ? { ...budget, used: rows[0].used, updatedAt: now } : null;
}

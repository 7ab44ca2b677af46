import type { CouponKindStanding, KnownReferences } from '@tessera/loyalty';
import type { Queryable } from '../../../platform/database/index.ts';

type Wanted = { couponKinds: readonly number[]; designs: readonly number[]; budgets: readonly string[] };

/** Which of these coupon kinds and budgets a programme has (`null`: one that is yet to be made), and which designs. */
export async function selectKnown(
  queryable: Queryable,
  companyId: number,
  programmeId: number | null,
  { couponKinds, designs, budgets }: Wanted,
): Promise<KnownReferences> {
  const rows = await queryable.query<{ what: 'kind' | 'design' | 'budget'; id: string; standing: CouponKindStanding }>(
    `select 'kind' as what, kind_id::text as id,
       case when not active then 'stopped' when mode in ('shared', 'automatic') then 'not_personal' else 'given' end
         as standing
     from coupon_kinds where company_id = $1 and programme_id = $2 and kind_id = any ($3::integer[])
     union all
     select 'design', design_id::text, 'given' from designs where company_id = $1 and design_id = any ($4::integer[])
     union all
     select 'budget', budget_id, 'given' from campaign_budgets
     where company_id = $1 and programme_id = $2 and budget_id = any ($5::text[])`,
    [companyId, programmeId, couponKinds, designs, budgets],
  );
  const of = (wanted: string) => rows.filter(({ what }) => what === wanted);
  return {
    couponKinds: new Map(of('kind').map(({ id, standing }) => [id, standing])),
    designs: new Set(of('design').map(({ id }) => Number(id))),
    budgets: new Set(of('budget').map(({ id }) => id)),
  };
}

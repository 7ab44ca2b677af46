import { type Result, refuse, succeed, type TillSaleDetail } from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import { shortName } from '../guests/index.ts';
import { type CheckSource, readCheck, viewMember } from '../loyalty/index.ts';
import type { TillPlatform } from './find-guest.ts';

/**
 * A sale with what can still go back of every line. @param sources whose checks the caller may see; all when absent
 * @returns check_not_found, forbidden
 */
export async function describeSale(
  platform: TillPlatform,
  tenant: Tenant,
  checkId: number,
  sources: readonly CheckSource[] | undefined,
): Promise<Result<TillSaleDetail>> {
  const found = await readCheck(tenant, checkId);
  if (!found.ok) return found;
  const check = found.value;
  if (sources?.some((source) => source === check.source) === false) return refuse('forbidden');
  const member = await viewMember(platform, tenant, check.accountId);
  const lines = check.lines.map(({ id, name, amount, quantityThousandths, money, paidByPoints, returned }) => ({
    id,
    name,
    amount,
    quantityThousandths,
    money,
    paidByPoints,
    left: {
      quantityThousandths: Math.max(quantityThousandths - returned.quantityThousandths, 0),
      money: Math.max(money - returned.money, 0),
      paidByPoints: Math.max(paidByPoints - returned.paidByPoints, 0),
    },
  }));
  return succeed({
    checkId,
    number: check.number || String(checkId),
    name: member ? shortName(member.guest) : '',
    occurredAt: check.occurredAt,
    status: check.status,
    money: check.money,
    spent: check.spent,
    accrued: check.accrued,
    left: lines.reduce((sum, { left }) => sum + left.money, 0),
    lines,
  });
}

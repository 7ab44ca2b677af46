import { type CheckDetail, type Result, refuse, succeed } from '@tessera/contract';
import type { LineProgress, SaleLine, SaleReturned } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import { selectCheck, selectReturns } from './read-check.store.ts';

const RETURNS_MAX = 100;

/** A check with its lines and what of them has gone back. @returns check_not_found */
export async function readCheck(tenant: Tenant, checkId: number): Promise<Result<CheckDetail>> {
  const [check, returns] = await Promise.all([
    selectCheck(tenant, checkId),
    selectReturns(tenant, checkId, RETURNS_MAX),
  ]);
  if (!check) return refuse('check_not_found');
  const { sale, lineNames, venueCode, stationCode: _station, details: _details, recordedAt, ...facts } = check;
  return succeed({
    ...facts,
    venue: venueCode,
    occurredAt: sale.occurredAt.toString(),
    recordedAt: recordedAt.toString(),
    money: Number(sale.money),
    spent: Number(sale.spent),
    accrued: Number(sale.earned),
    discount: Number(sale.discount),
    lines: sale.lines.map((line) => describeLine(line, lineNames[line.id] ?? '')),
    returned: describeReturned(sale.returned),
    returns: returns.map(({ returnKey, recordedAt: at, answer }) => ({
      returnKey,
      recordedAt: at.toString(),
      moneyBack: answer.moneyBack,
      pointsBack: answer.pointsBack,
      clawedBack: answer.clawedBack,
    })),
  });
}

const NOTHING: LineProgress = { quantityThousandths: 0, money: 0n, paidByPoints: 0n, earned: 0n };

const describeLine = (line: SaleLine, name: string) => ({
  id: line.id,
  name,
  amount: Number(line.amount),
  ...describeShare(line),
  returned: describeShare(line.returned?.done ?? NOTHING),
});

const describeShare = ({ quantityThousandths, money, paidByPoints, earned }: LineProgress) => ({
  quantityThousandths,
  money: Number(money),
  paidByPoints: Number(paidByPoints),
  earned: Number(earned),
});

/** Every way in which earned points can be taken back counts; what was kept or forgiven does not. */
function describeReturned(returned: SaleReturned | null): CheckDetail['returned'] {
  if (returned === null) return { money: 0, points: 0, clawedBack: 0 };
  const { pending, ownLot, burned, otherLots, debt, metInMoney } = returned.clawback;
  const clawedBack = Number(pending + ownLot + burned + otherLots + debt + metInMoney);
  return { money: Number(returned.money), points: Number(returned.points), clawedBack };
}

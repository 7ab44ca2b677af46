import { refuse, succeed } from '@tessera/contract';
import type { LineProgress } from '@tessera/loyalty';
import { findCheck, returnsOfCheck, type StoredCheck, type StoredReturn } from '../../loyalty/index.ts';
import { CheckDetails } from '../answers.ts';
import { ByCheck } from '../shapes.ts';
import { defineMethod } from '../v0.ts';
import { guidOfReturn } from './return-part.ts';

const RETURNS_MAX = 100;
const THOUSANDTHS = 1_000;

/** `checks/get_by_id`: a check down to its dishes, with what was earned and spent on each and what has gone back. */
export const checkById = defineMethod({
  name: 'checks/get_by_id',
  writes: false,
  body: ByCheck,
  answer: CheckDetails,
  refusals: ['check_not_found'],
  async act({ tenant }, { checkId }) {
    const [check, returns] = await Promise.all([
      findCheck(tenant, checkId),
      returnsOfCheck(tenant, checkId, RETURNS_MAX),
    ]);
    return check ? succeed(describeCheck(check, returns)) : refuse('check_not_found');
  },
});

const NOTHING: LineProgress = { quantityThousandths: 0, money: 0n, paidByPoints: 0n, earned: 0n };

const describeShare = ({ quantityThousandths, money, paidByPoints, earned }: LineProgress) => ({
  quantity: quantityThousandths / THOUSANDTHS,
  moneySum: Number(money),
  bonusSpentSum: Number(paidByPoints),
  bonusAccruedSum: Number(earned),
});

function describeCheck(check: StoredCheck, returns: readonly StoredReturn[]): CheckDetails {
  const { sale, lineNames } = check;
  return {
    checkId: check.checkId,
    accountId: check.accountId,
    checkGuid: check.source === 'probonus' ? check.externalId : null,
    source: check.source,
    externalCheck: check.number,
    restCode: check.venueCode,
    rkUnit: check.stationCode,
    date: sale.occurredAt.toString(),
    recordedAt: check.recordedAt.toString(),
    status: check.status === 'sold' ? 'registered' : check.status,
    moneySpentSum: Number(sale.money),
    bonusSpentSum: Number(sale.spent),
    bonusAccruedSum: Number(sale.earned),
    discountSum: Number(sale.discount),
    checkData: check.details,
    lines: sale.lines.map((line, index) => ({
      id: line.id,
      code: sale.earning?.lines[index]?.itemId ?? null,
      name: lineNames[line.id] ?? '',
      sum: Number(line.amount),
      ...describeShare(line),
      returned: describeShare(line.returned?.done ?? NOTHING),
    })),
    returned: {
      moneySum: Number(sale.returned?.money ?? 0n),
      bonusSpentSum: Number(sale.returned?.points ?? 0n),
      bonusAccruedSum: Number(takenBack(check)),
    },
    returns: returns.map(({ returnKey, recordedAt, answer }) => ({
      returnGuid: guidOfReturn(returnKey),
      date: recordedAt.toString(),
      moneyBack: answer.moneyBack,
      spentBack: answer.pointsBack,
      accruedBack: answer.clawedBack,
    })),
  };
}

/** Every way in which earned points can be taken back counts; what was kept or forgiven does not. */
function takenBack({ sale: { returned } }: StoredCheck): bigint {
  if (returned === null) return 0n;
  const { pending, ownLot, burned, otherLots, debt, metInMoney } = returned.clawback;
  return pending + ownLot + burned + otherLots + debt + metInMoney;
}

import type { ClearingLine, ClearingStatement, PartnerList } from '@tessera/contract';

/** A small coalition for work on its pages. */
export const partnerList: PartnerList = {
  partners: [
    { partnerId: 1, name: 'Кафе «Тессера»' },
    { partnerId: 2, name: 'Пекарня у моста' },
    { partnerId: 3, name: 'Баня на набережной' },
  ],
  venues: [
    { code: 101, name: 'Кафе на Садовой', partnerId: 1 },
    { code: 102, name: 'Кафе в парке', partnerId: 1 },
    { code: 201, name: 'Пекарня', partnerId: 2 },
    { code: 301, name: 'Баня', partnerId: 3 },
    { code: 900, name: 'Летняя веранда', partnerId: null },
  ],
  unknownVenues: [{ code: 777, checks: 12, lastSeenAt: '2026-03-14T16:20:00Z' }],
};

const party = (id: number) => ({ id: String(id), name: partnerList.partners[id - 1]?.name ?? '' });

export const statement = (query: URLSearchParams): ClearingStatement => ({
  from: query.get('from') ?? '2026-03-01',
  to: query.get('to') ?? '2026-03-31',
  net: [
    { debtor: party(1), creditor: party(2), amount: 184_250 },
    { debtor: party(3), creditor: party(1), amount: 27_000 },
  ],
  claims: [
    { debtor: party(1), creditor: party(2), points: 240_000, amount: 216_000, checks: 41 },
    { debtor: party(2), creditor: party(1), points: 35_278, amount: 31_750, checks: 8 },
    { debtor: party(3), creditor: party(1), points: 30_000, amount: 27_000, checks: 3 },
  ],
});

export const claimLines: ClearingLine[] = Array.from({ length: 120 }, (_, index) => {
  const back = index % 7 === 3;
  const sign = back ? -1 : 1;
  const points = sign * (1_000 + ((index * 7919) % 9_000));
  const forth = index % 5 !== 0;
  return {
    claimId: 500 - index,
    checkId: 9_000 - index,
    checkNumber: String(4_100 - index),
    accountId: 1 + (index % 9),
    venue: forth ? 'Пекарня' : 'Кафе на Садовой',
    operation: back ? 'return' : 'sale',
    cause: 'redemption',
    debtor: party(forth ? 1 : 2),
    creditor: party(forth ? 2 : 1),
    points,
    basisPoints: 9_000,
    amount: Math.trunc((points * 9) / 10),
    occurredAt: new Date(Date.parse('2026-03-28T17:00:00Z') - index * 5_400_000).toISOString(),
    recordedAt: new Date(Date.parse('2026-03-28T17:00:00Z') - index * 5_400_000).toISOString(),
  };
});

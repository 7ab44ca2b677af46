import { cardNumberOf } from '../../apps/server/src/features/cards/index.ts';
import { createVault } from '../../apps/server/src/platform/crypto/index.ts';
import type { BenchSale } from './sales.ts';
import type { Ground } from './set-up.ts';

const DISHES = [
  { code: '501', name: 'Капучино 250 мл', share: 0.7 },
  { code: '77', name: 'Круассан', share: 0.3 },
];

/** What an r_keeper station sends by FarCards: cards by the numbers that the server gives, an order of two dishes. */
export function openStation({ masterKey, ours }: Ground) {
  const vault = createVault(Buffer.from(masterKey, 'hex'));
  const cardOf = (accountId: number) => cardNumberOf(vault, ours.companyId, accountId);
  return {
    lookup({ accountId, externalId, money }: BenchSale): string {
      const query = `Card="${cardOf(accountId)}" Restaurant="1" UnitNo="1"`;
      return `<ROOT><QRY ${query}>${order(externalId, money)}</QRY></ROOT>`;
    },
    package({ accountId, externalId, money, spend, number }: BenchSale): string {
      const common = `Card="${cardOf(accountId)}" PersonID="1" Account="1" Restaurant="1" RKDate="46348" RKUni="1" RKCheck="${number}"`;
      const paid = `<TransactionsEx ${common} Kind="3" Summa="${money - spend}"/>`;
      const points = spend > 0 ? `<TransactionsEx ${common} Kind="0" Summa="${-spend}"/>` : '';
      return `<ROOT><Transactions>${paid}${points}${order(externalId, money)}</Transactions></ROOT>`;
    },
  };
}

function order(guid: string, money: number): string {
  let left = money;
  const lines = DISHES.map(({ code, name, share }, index) => {
    const sum = index === DISHES.length - 1 ? left : Math.floor(money * share);
    left -= sum;
    return `<LINE uni="${index + 1}" code="${code}" name="${name}" price="${sum}" quantity="1" sum="${sum}"/>`;
  });
  const data = `<CHECKDATA checknum="12" checkguid="{${guid}}"><CHECKLINES>${lines.join('')}</CHECKLINES></CHECKDATA>`;
  return `<INPBUF InpKind="1"><CHECK stationcode="1" restaurantcode="1">${data}</CHECK></INPBUF>`;
}

import type { WalletName } from '@tessera/contract';
import type { Format } from '../app/format.ts';

/** How amounts of an entry are written: points, stamps by the piece, money of a deposit. */
export function amountIn(wallet: WalletName | null, format: Format): (amount: number) => string {
  if (wallet === null) return format.pointsNumber;
  return wallet.kind === 'deposit' ? format.money : format.count;
}

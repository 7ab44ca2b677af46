import type { DepositPayment } from '@tessera/contract';
import {
  describeCards,
  describeDeposits,
  describeRewards,
  type ReturnAnswer,
  type SaleAnswer,
  type SaleQuote,
} from '../loyalty/index.ts';

/** What the till asks a deposit to pay. */
export const paymentOf = (deposit: DepositPayment | undefined) =>
  deposit && { wallet: deposit.wallet, amount: BigInt(deposit.amount) };

/** What a sale would do to the guest's cards of stamps, and what his deposits could pay. */
export const tellWallets = ({ deposits, cards, rewards }: SaleQuote) => ({
  deposits: describeDeposits(deposits),
  cards: describeCards(cards),
  rewards: describeRewards(rewards),
});

/** What a sale did to them. Answers that were stored before there were cards know nothing of any. */
export const tellSoldWallets = ({ cards = [], rewards = [] }: SaleAnswer) => ({ cards, rewards });

/** What a return did to them. */
export const tellReturnedWallets = ({ depositBack = 0, cards = [], rewardsWithdrawn = 0 }: ReturnAnswer) => ({
  depositBack,
  cards,
  rewardsWithdrawn,
});

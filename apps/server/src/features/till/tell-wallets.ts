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

/** What a return gave back; what went onto a certificate or a deposit is not handed out. */
export const tellReturned = ({
  checkId,
  moneyBack,
  pointsBack,
  clawedBack,
  balance,
  debt,
  certificateBack,
  couponsBack,
  depositBack = 0,
  cards = [],
  rewardsWithdrawn = 0,
}: ReturnAnswer) => ({
  checkId,
  moneyBack: moneyBack - (certificateBack ?? 0),
  ...(certificateBack === undefined ? {} : { certificateBack }),
  ...(couponsBack === undefined ? {} : { couponsBack }),
  depositBack,
  cards,
  rewardsWithdrawn,
  pointsBack,
  clawedBack,
  balance,
  debt,
});

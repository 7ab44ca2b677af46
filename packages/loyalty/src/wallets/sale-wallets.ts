import type { HoldUse } from '../hold.ts';
import type { StampCount } from './wallet-rules.ts';

/** What a sale gave to one card of stamps, with what a return needs to count again. */
export type SaleStamps = {
  readonly wallet: string;
  readonly lotId: number;
  readonly entryId: number;
  readonly given: bigint;
  /** The most that the limits of the card allowed. */
  readonly most: bigint;
  readonly earn: StampCount;
  /** Indices of the lines that count. */
  readonly lines: readonly number[];
  /** The business day on which a limit counts them. */
  readonly day: string | null;
  /** Taken back so far. */
  readonly back: bigint;
  /** Of these: burned meanwhile. */
  readonly burned: bigint;
};

/** What a sale took from a deposit, minor units of money. */
export type SaleDeposit = {
  readonly wallet: string;
  readonly amount: bigint;
  readonly entryId: number;
  /** In order of consumption. */
  readonly uses: readonly (HoldUse & { readonly givenBack: bigint })[];
  readonly back: bigint;
};

/** What a sale did in the side wallets. */
export type SaleWallets = { readonly stamps: readonly SaleStamps[]; readonly deposit: SaleDeposit | null };

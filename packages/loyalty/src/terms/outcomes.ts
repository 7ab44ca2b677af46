/** What a transfer did to one of its two accounts. */
export type TransferOutcome = {
  readonly kind: 'transfer';
  readonly amount: bigint;
  /** The lots that were opened, with the expiry they had before; or those taken from, on the other side. */
  readonly lots: readonly { readonly amount: bigint; readonly expiresAtMs: number | null }[];
  /** The entry of this account that moves the points. */
  readonly entryId: number;
};

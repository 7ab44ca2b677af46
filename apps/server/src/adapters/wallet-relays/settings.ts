/** Where the relays are reached, without a slash at the end. */
export type RelayAddresses = {
  readonly walletPasses: string;
  readonly pass2u: string;
  /** Instead of the service that a registration names; null: that one, if it is known. */
  readonly passWallet: string | null;
};

export type RelaySettings = { readonly addresses: RelayAddresses; readonly timeoutMilliseconds: number };

export type RelayPush = {
  readonly passTypeIdentifier: string;
  /** At most `RELAY_TOKENS_MAX`. */
  readonly pushTokens: readonly string[];
  readonly key: string | null;
  /** For PassWallet: the push service that its registrations named. */
  readonly serviceUrl: string | null;
};

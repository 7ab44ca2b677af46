import type { BundleParts, CompiledAssets, Signer } from '@tessera/pkpass';
import type { ApnsClient, ApnsCredential } from '../../adapters/apns/index.ts';
import type { GoogleWallet, ServiceAccount } from '../../adapters/google-wallet/index.ts';
import type { WalletRelays } from '../../adapters/wallet-relays/index.ts';
import type { WebPush } from '../../adapters/web-push/index.ts';
import type { Platform } from '../../platform/context.ts';
import type { Tenant } from '../../platform/database/index.ts';
import type { Journal } from '../journal/index.ts';
import { type BoundedCache, createBoundedCache } from './bounded-cache.ts';
import type { TellOwner } from './expiry/owner-notice.ts';
import type { CardSubject } from './model.ts';
import type { PushTally } from './push-tally.ts';

/** Tells what a card says of an account now. Throws when there is no such account. */
export type LoadSubject = (tenant: Tenant, accountId: number) => Promise<CardSubject>;

/** A pass certificate ready for use: it signs bundles and speaks to Apple's push service. */
export type PassSigner = {
  readonly signer: Signer;
  readonly teamIdentifier: string;
  /** Whether cards with NFC open that it has signed. */
  readonly nfcCapable: boolean;
  readonly apns: ApnsCredential;
};

/** What this feature needs of the house and of its neighbours. Made once by `openWallet`. */
export type Wallet = Platform & {
  readonly journal: Journal;
  readonly loadSubject: LoadSubject;
  readonly apns: Pick<ApnsClient, 'push'>;
  readonly google: GoogleWallet;
  readonly googleAccounts: BoundedCache<ServiceAccount>;
  /** Push services of other readers of pkpass files. */
  readonly relays: WalletRelays;
  readonly tellOwner: TellOwner;
  /** Push services of browsers; null: this installation sends them nothing. */
  readonly webPush: WebPush | null;
  /** What Apple lately said of the pushes of each certificate, in this process. */
  readonly pushTallies: Map<string, PushTally>;
  readonly signers: BoundedCache<PassSigner>;
  readonly assets: BoundedCache<CompiledAssets>;
  readonly bundles: BoundedCache<BundleParts>;
  /** Pictures for web pages, some 10 kB each. */
  readonly pictures: BoundedCache<Buffer>;
};

export type WalletParts = {
  readonly platform: Platform;
  readonly journal: Journal;
  readonly loadSubject: LoadSubject;
  readonly apns: Pick<ApnsClient, 'push'>;
  readonly google: GoogleWallet;
  readonly relays: WalletRelays;
  /** Absent: what an owner has to hear of stands in the console and in the log. */
  readonly tellOwner?: TellOwner;
  readonly webPush?: WebPush | null;
};

/** Together they stay small beside the program itself, whatever designs hold: one design's pictures may have 16 MB. */
const MEBIBYTE = 1_048_576;
const SIGNERS_MAX = 500;

export const openWallet = ({
  platform,
  journal,
  loadSubject,
  apns,
  google,
  relays,
  tellOwner = async () => {},
  webPush = null,
}: WalletParts): Wallet => ({
  ...platform,
  journal,
  loadSubject,
  apns,
  google,
  relays,
  tellOwner,
  webPush,
  pushTallies: new Map(),
  googleAccounts: createBoundedCache({ entriesMax: SIGNERS_MAX }),
  signers: createBoundedCache({ entriesMax: SIGNERS_MAX }),
  assets: createBoundedCache({
    entriesMax: 200,
    bytes: { most: 24 * MEBIBYTE, buffersOf: ({ records, directory }) => [records, directory] },
  }),
  // A bundle's own part has about 6 kB; its design's is the one of `assets`.
  bundles: createBoundedCache({
    entriesMax: 4_000,
    bytes: { most: 32 * MEBIBYTE, buffersOf: ({ shared, own }) => [shared, own] },
  }),
  pictures: createBoundedCache({ entriesMax: 1_000, bytes: { most: 8 * MEBIBYTE, buffersOf: (picture) => [picture] } }),
});

/** Where phones find the web service; they append `/v1/…` themselves. */
export const webServiceUrl = ({ publicUrl }: Pick<Platform, 'publicUrl'>): string => `${publicUrl}/wallet/apple`;

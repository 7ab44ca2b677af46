import { noteEvent } from '../../journal/index.ts';
import { bundleOf } from '../build-bundle.ts';
import { noteCodeFetched } from '../changing-codes/index.ts';
import { type DevicePlatform, formOf, type PassRecord } from '../model.ts';
import { refreshPass } from '../refresh-pass.ts';
import { selectBuildStamp } from '../store/designs.ts';
import { noteFetch } from '../store/passes.ts';
import type { Wallet } from '../wallet.ts';
import type { PassInTenant } from './authenticate-pass.ts';
import { isNotModified } from './request.ts';

export type LatestPass =
  | { readonly status: 'not_modified' }
  | { readonly status: 'modified'; readonly bytes: Buffer; readonly lastModified: Temporal.Instant };

export type LatestPassWish = {
  ifModifiedSince: string | undefined;
  onlyHeaders: boolean;
  platform: DevicePlatform;
};

/** The newest version for a phone that holds a card (Apple, "Get an updated pass"). */
export async function latestPass(
  wallet: Wallet,
  { tenant, pass: found }: PassInTenant,
  { ifModifiedSince, onlyHeaders, platform }: LatestPassWish,
): Promise<LatestPass> {
  const pass = await followDesign(wallet, { tenant, pass: found });
  const noted = async () => {
    if (onlyHeaders || pass.fetchedVersion >= pass.contentVersion) return;
    await noteFetch(tenant, tenant.companyId, pass);
    await noteCodeFetched(tenant, tenant.companyId, pass, wallet.clock.now());
  };
  if (isNotModified(ifModifiedSince, pass.lastModified)) {
    await noted();
    return { status: 'not_modified' };
  }
  const { shared, own } = await bundleOf(wallet, tenant, pass);
  await noted();
  if (!onlyHeaders) noteEvent(wallet, tenant, { kind: 'pass_fetched', card: pass, platform: formOf(platform) });
  return { status: 'modified', bytes: Buffer.concat([shared, own]), lastModified: pass.lastModified };
}

/**
 * A design's new revision reaches its cards in batches. A card that is asked for before its turn goes first: otherwise
 * a phone would get new content under an old date.
 */
export async function followDesign(wallet: Wallet, { tenant, pass }: PassInTenant): Promise<PassRecord> {
  const { revision } = await selectBuildStamp(tenant, tenant.companyId, pass);
  if (revision === pass.snapshot.revision) return pass;
  return (await refreshPass(wallet, tenant, { passId: pass.passId, mode: 'bulk' })) ?? pass;
}

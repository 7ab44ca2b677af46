import { familyOf, noteEvent } from '../journal/index.ts';
import { followDesign } from './apple/latest-pass.ts';
import { bundleOf } from './build-bundle.ts';
import { findPassByGuid } from './find-pass.ts';
import { noteInstall } from './store/passes.ts';
import type { Wallet } from './wallet.ts';

export type DownloadedPass = { readonly bytes: Buffer; readonly lastModified: Temporal.Instant };

/** The file behind "Add to Apple Wallet". Which version left is remembered until a phone registers for it. */
export async function downloadPass(
  wallet: Wallet,
  { guid, onlyHeaders = false, userAgent }: { guid: string; onlyHeaders?: boolean; userAgent?: string | undefined },
): Promise<DownloadedPass | null> {
  const found = await findPassByGuid(wallet, guid);
  if (!found) return null;
  const { tenant } = found;
  const pass = await followDesign(wallet, found);
  const { shared, own } = await bundleOf(wallet, tenant, pass);
  if (!onlyHeaders) {
    await noteInstall(tenant, tenant.companyId, pass);
    const detail = familyOf(userAgent);
    const platform = detail.system === 'android' ? 'android' : 'apple';
    noteEvent(wallet, tenant, { kind: 'pass_downloaded', card: pass, platform, detail });
  }
  return { bytes: Buffer.concat([shared, own]), lastModified: pass.lastModified };
}

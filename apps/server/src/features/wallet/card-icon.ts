import type { Tenant } from '../../platform/database/index.ts';
import { loadSharp } from '../../platform/sharp.ts';
import { drawForGoogle, sourceOf } from './google/pictures.ts';
import type { PassRecord } from './model.ts';
import { selectAsset, selectDesign } from './store/designs.ts';
import type { Wallet } from './wallet.ts';

/** Sides of a card's icon in pixels: what iPhones ask for, and what browsers need to install a page. */
export const ICON_SIZES = [180, 192, 512] as const;
export type IconSize = (typeof ICON_SIZES)[number];

/**
 * The icon of a card on a home screen: the design's icon on its background, what matters within the circle that launchers
 * cut out. null: the design has no icon.
 */
export async function iconOfPass(
  wallet: Pick<Wallet, 'pictures'>,
  tenant: Tenant,
  pass: Pick<PassRecord, 'designId'>,
  size: IconSize,
): Promise<Buffer | null> {
  const { companyId } = tenant;
  const design = await selectDesign(tenant, companyId, pass.designId);
  const sha256 = design && sourceOf(design.body, 'logo');
  const asset = sha256 ? await selectAsset(tenant, companyId, sha256) : null;
  if (!design || !asset) return null;
  const { background } = design.body.colours;
  return wallet.pictures.get(`icon:${companyId}:${sha256}:${background}:${size}`, async () => {
    const sharp = await loadSharp();
    const logo = await drawForGoogle(asset.bytes, 'logo', background);
    return sharp(logo).resize(size, size).png({ palette: true }).toBuffer();
  });
}

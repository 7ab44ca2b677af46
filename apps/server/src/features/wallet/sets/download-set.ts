import { buildPassSet } from '@tessera/pkpass';
import { bundleOf } from '../build-bundle.ts';
import { noteInstall } from '../store/passes.ts';
import type { Wallet } from '../wallet.ts';
import type { OpenedSet } from './open-set.ts';

/**
 * All cards of a set in one file for Apple Wallet. Which versions left is remembered for each until a phone registers
 * for it, as for a single card.
 */
export async function downloadSet(
  wallet: Wallet,
  { tenant, passes }: OpenedSet,
  { onlyHeaders = false }: { onlyHeaders?: boolean } = {},
): Promise<Buffer> {
  const bundles = await Promise.all(passes.map((pass) => bundleOf(wallet, tenant, pass)));
  const file = buildPassSet(bundles.map(({ shared, own }) => [shared, own]));
  if (!onlyHeaders) for (const pass of passes) await noteInstall(tenant, tenant.companyId, pass);
  return file;
}

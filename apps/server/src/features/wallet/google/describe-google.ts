import type { GoogleWalletState } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import type { Translate } from '../../../platform/texts.ts';
import type { Wallet } from '../wallet.ts';
import { selectClasses, selectGoogleCredential } from './credentials.store.ts';
import { NOT_OFFERED } from './model.ts';
import { countObjects } from './objects.store.ts';

/** A company's Google Wallet as its owner sees it; of the key only its id. */
export async function describeGoogle(
  wallet: Wallet,
  tenant: Tenant,
  country: string,
  t: Translate,
): Promise<GoogleWalletState> {
  const { companyId } = tenant;
  const [credential, classes, counts] = await Promise.all([
    selectGoogleCredential(tenant, companyId),
    selectClasses(tenant),
    countObjects(tenant, companyId),
  ]);
  return {
    offered: !NOT_OFFERED.includes(country),
    publicAddress: wallet.publicUrl.startsWith('https://'),
    callbackUrl: `${wallet.publicUrl}/google/callback`,
    credential: credential && {
      issuerId: credential.issuerId,
      accountEmail: credential.accountEmail,
      keyId: credential.keyId,
      enabled: credential.enabled,
      status: credential.halted !== null ? 'halted' : credential.failures > 0 ? 'away' : 'active',
      halted: credential.halted as NonNullable<GoogleWalletState['credential']>['halted'],
      message: credential.halted === null ? null : t(`server:google.connection.${credential.halted}`),
      checkedAt: credential.checkedAt?.toString() ?? null,
    },
    classes: classes.map(({ designId, designName, classId, reviewStatus, problem, cards, pushedAt }) => ({
      designId,
      designName,
      classId,
      reviewStatus,
      problem,
      cards,
      pushedAt: pushedAt?.toString() ?? null,
    })),
    cards: counts,
  };
}

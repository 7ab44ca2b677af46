import type { Vault } from '../../platform/crypto/index.ts';
import type { MemberView } from '../loyalty/index.ts';
import { cardNumberOf } from './card-number.ts';

/** The number a till uses for a member: his plastic, when it is a number that r_keeper can read, else ours. */
export function numberOfMember(vault: Vault, companyId: number, { account, guest }: MemberView): string {
  const plastic = guest.identifiers.find(({ kind, value }) => kind === 'card' && /^[1-9]\d{0,17}$/.test(value));
  return plastic?.value ?? cardNumberOf(vault, companyId, account.accountId);
}

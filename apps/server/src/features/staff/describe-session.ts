import type { Session } from '@tessera/contract';
import type { Platform } from '../../platform/context.ts';
import type { Companies } from '../tenancy/index.ts';
import type { SignedIn } from './sign-in.ts';

export type StaffRoutesOptions = { platform: Platform; companies: Companies; secure: boolean };

/** What a page is told of whoever is signed in. */
export async function describeSession(
  { platform, companies }: StaffRoutesOptions,
  { tenant, user }: SignedIn,
): Promise<Session> {
  const company = await companies.of(tenant);
  return {
    user: { id: user.userId, name: user.name, email: user.email, role: user.role },
    company: {
      id: company.companyId,
      name: company.name,
      currency: company.currency,
      timeZone: company.timeZone,
      language: company.language,
      demo: company.demo,
    },
    now: platform.clock.now().toString(),
  };
}

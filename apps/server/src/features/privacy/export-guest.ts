import type { GuestExport } from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import { answersOfGuest } from '../growth/index.ts';
import { heldConsentsOf, selectErasure, selectForgotten, tagsOf } from '../guests/index.ts';
import { viewMember } from '../loyalty/index.ts';
import { heldSmsOf } from '../messaging/index.ts';
import { heldCardsOf, heldMessagesOf } from '../wallet/index.ts';
import { exportAccount, LISTED_MAX, type Reader } from './export-account.ts';
import type { PrivacyPlatform } from './privacy-platform.ts';

/**
 * All that is kept of a guest, to be handed to him.
 * @returns null for an unknown guest, and for one who is being erased or is
 */
export async function exportGuest(
  platform: PrivacyPlatform,
  tenant: Tenant,
  guestId: number,
  reader: Reader,
): Promise<GuestExport | null> {
  const known = await selectForgotten(tenant, tenant.companyId, guestId);
  const first = known?.accountIds[0];
  if (!known || first === undefined || (await selectErasure(tenant, guestId))) return null;
  const member = await viewMember(platform, tenant, first);
  if (!member) return null;
  const { identifiers, ...profile } = member.guest;
  // What the journal has not written yet belongs to him as well.
  await platform.journal.settle();
  const accounts = [];
  for (const accountId of known.accountIds) accounts.push(await exportAccount(platform, tenant, accountId, reader));
  const sms = await heldSmsOf(platform, tenant, known, LISTED_MAX);
  const isFull = (list: readonly unknown[]): boolean => list.length === LISTED_MAX;
  return {
    exportedAt: platform.clock.now().toString(),
    cut:
      isFull(sms) ||
      accounts.some((account) => Object.values(account).some((list) => Array.isArray(list) && isFull(list))),
    guest: {
      ...profile,
      tags: await tagsOf(tenant, guestId),
      identifiers: identifiers.map(({ kind, value, verifiedAt }) => ({
        kind,
        value,
        verifiedAt: verifiedAt?.toString() ?? null,
      })),
    },
    consents: (await heldConsentsOf(tenant, guestId)).map(({ givenAt, withdrawnAt, ...consent }) => ({
      ...consent,
      givenAt: givenAt.toString(),
      withdrawnAt: withdrawnAt?.toString() ?? null,
    })),
    answers: (await answersOfGuest(tenant, guestId)).map(({ at, ...answer }) => ({ ...answer, at: at.toString() })),
    accounts,
    cards: (await heldCardsOf(tenant, known.accountIds)).map(({ createdAt, ...card }) => ({
      ...card,
      createdAt: createdAt.toString(),
    })),
    messages: (await heldMessagesOf(tenant, known.accountIds)).map(({ at, ...message }) => ({
      ...message,
      at: at.toString(),
    })),
    sms: sms.map(({ at, ...message }) => ({ ...message, at: at.toString() })),
  };
}

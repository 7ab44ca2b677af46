import type { GuestExport } from '@tessera/contract';
import type { Language } from '@tessera/contract/messages';
import { entryFromJson } from '@tessera/loyalty';
import type { Tenant } from '../../platform/database/index.ts';
import type { Translate } from '../../platform/texts.ts';
import { answersOfGuest } from '../growth/index.ts';
import { heldConsentsOf, selectErasure, selectForgotten, tagsOf } from '../guests/index.ts';
import {
  entryNotesOf,
  explainEntry,
  listChecks,
  listEntries,
  programmeNames,
  receiptsOfAccount,
  viewMember,
} from '../loyalty/index.ts';
import { heldCardsOf, heldMessagesOf } from '../wallet/index.ts';
import type { PrivacyPlatform } from './privacy-platform.ts';

const ROWS_MAX = 10_000;

/** Whoever reads the export: the sentences about entries are in his language. */
export type Reader = { readonly t: Translate; readonly language: Language };

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
  const accounts = [];
  for (const accountId of known.accountIds) accounts.push(await exportAccount(platform, tenant, accountId, reader));
  return {
    exportedAt: platform.clock.now().toString(),
    cut: accounts.some(({ entries, checks }) => entries.length === ROWS_MAX || checks.length === ROWS_MAX),
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
  };
}

async function exportAccount(
  platform: PrivacyPlatform,
  tenant: Tenant,
  accountId: number,
  { t, language }: Reader,
): Promise<GuestExport['accounts'][number]> {
  const { account } = (await viewMember(platform, tenant, accountId))!;
  const { rules, balance } = account;
  const { currency } = await platform.companies.of(tenant);
  const levelNames = new Map(rules.levels.map(({ id, name }) => [id, name]));
  const rows = await listEntries(tenant, { accountId, before: null, limit: ROWS_MAX });
  const entries = rows.map(({ body, ...row }) => ({ ...row, entry: entryFromJson(body) }));
  const notes = await entryNotesOf(
    tenant,
    accountId,
    entries.map(({ entry }) => entry.id),
  );
  const checks = await listChecks(tenant, { accountId, before: null, limit: ROWS_MAX });
  const receipts = await receiptsOfAccount(tenant, accountId, ROWS_MAX);
  return {
    accountId,
    programme: (await programmeNames(tenant)).get(account.programmeId) ?? '',
    level: account.level.name,
    available: Number(balance.available),
    pending: Number(balance.pending),
    held: Number(balance.held),
    debt: Number(balance.debt),
    entries: entries.map(({ entry, change, balance: after }) => ({
      at: entry.occurredAt.toString(),
      kind: entry.kind,
      text: explainEntry(entry, { t, language, currency, levelNames, rules }),
      change: Number(change),
      balance: Number(after),
      comment: notes.get(entry.id)?.comment ?? '',
    })),
    checks: checks.map(({ occurredAt, number, source, money, spent, accrued }) => ({
      at: occurredAt.toString(),
      number,
      source,
      money: Number(money),
      spent: Number(spent),
      accrued: Number(accrued),
    })),
    receipts: receipts.map(({ uploadedAt, state, note, hasPhoto }) => ({
      at: uploadedAt.toString(),
      state,
      note: note ?? '',
      photo: hasPhoto,
    })),
  };
}

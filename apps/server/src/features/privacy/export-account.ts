import type { GuestExport } from '@tessera/contract';
import type { Language } from '@tessera/contract/messages';
import { entryFromJson } from '@tessera/loyalty';
import { SEAL_BYTES } from '../../platform/crypto/index.ts';
import type { Tenant } from '../../platform/database/index.ts';
import type { Translate } from '../../platform/texts.ts';
import { eventKinds, listEvents } from '../journal/index.ts';
import {
  entryNotesOf,
  explainEntry,
  heldCertificatesOf,
  heldCouponsOf,
  heldPhotosOf,
  heldUsesOf,
  listChecks,
  listEntries,
  programmeNames,
  receiptsOfAccount,
  viewMember,
} from '../loyalty/index.ts';
import type { PrivacyPlatform } from './privacy-platform.ts';

/** Rows of one list in the file: whoever has more is told that it was cut. */
export const LISTED_MAX = 10_000;

/** Whoever reads the export: the sentences about entries are in his language. */
export type Reader = { readonly t: Translate; readonly language: Language };

type ExportedAccount = GuestExport['accounts'][number];

/** One account with all that is kept of it. */
export async function exportAccount(
  platform: PrivacyPlatform,
  tenant: Tenant,
  accountId: number,
  reader: Reader,
): Promise<ExportedAccount> {
  const { account } = (await viewMember(platform, tenant, accountId))!;
  const { balance } = account;
  return {
    accountId,
    programme: (await programmeNames(tenant)).get(account.programmeId) ?? '',
    level: account.level.name,
    available: Number(balance.available),
    pending: Number(balance.pending),
    held: Number(balance.held),
    debt: Number(balance.debt),
    entries: await exportEntries(platform, tenant, accountId, { ...reader, rules: account.rules }),
    checks: await exportChecks(tenant, accountId),
    receipts: await exportReceipts(tenant, accountId),
    ...(await exportOffers(tenant, accountId)),
    events: await exportEvents(tenant, accountId),
  };
}

type Rules = NonNullable<Awaited<ReturnType<typeof viewMember>>>['account']['rules'];

async function exportEntries(
  platform: PrivacyPlatform,
  tenant: Tenant,
  accountId: number,
  { t, language, rules }: Reader & { readonly rules: Rules },
): Promise<ExportedAccount['entries']> {
  const { currency } = await platform.companies.of(tenant);
  const levelNames = new Map(rules.levels.map(({ id, name }) => [id, name]));
  const rows = await listEntries(tenant, { accountId, before: null, limit: LISTED_MAX });
  const entries = rows.map(({ body, ...row }) => ({ ...row, entry: entryFromJson(body) }));
  const notes = await entryNotesOf(
    tenant,
    accountId,
    entries.map(({ entry }) => entry.id),
  );
  return entries.map(({ entry, change, balance: after }) => ({
    at: entry.occurredAt.toString(),
    kind: entry.kind,
    text: explainEntry(entry, { t, language, currency, levelNames, rules }),
    change: Number(change),
    balance: Number(after),
    comment: notes.get(entry.id)?.comment ?? '',
  }));
}

async function exportChecks(tenant: Tenant, accountId: number): Promise<ExportedAccount['checks']> {
  const checks = await listChecks(tenant, { accountId, before: null, limit: LISTED_MAX });
  return checks.map(({ occurredAt, number, source, money, spent, accrued }) => ({
    at: occurredAt.toString(),
    number,
    source,
    money: Number(money),
    spent: Number(spent),
    accrued: Number(accrued),
  }));
}

/** Photographs are told of with the address where they are: in the file they would make it too large to open. */
async function exportReceipts(tenant: Tenant, accountId: number): Promise<ExportedAccount['receipts']> {
  const receipts = await receiptsOfAccount(tenant, accountId, LISTED_MAX);
  const photos = await heldPhotosOf(tenant, accountId);
  return receipts.map(({ receiptId, uploadedAt, state, note }) => {
    const photo = photos.get(receiptId);
    return {
      at: uploadedAt.toString(),
      state,
      note: note ?? '',
      photo: photo
        ? {
            takenAt: photo.at.toString(),
            mediaType: photo.mediaType,
            bytes: photo.sealedBytes - SEAL_BYTES,
            address: `/api/v1/receipts/${receiptId}/photo`,
          }
        : null,
    };
  });
}

async function exportOffers(
  tenant: Tenant,
  accountId: number,
): Promise<Pick<ExportedAccount, 'coupons' | 'couponUses' | 'certificates'>> {
  const coupons = await heldCouponsOf(tenant, accountId, LISTED_MAX);
  const uses = await heldUsesOf(tenant, accountId, LISTED_MAX);
  const certificates = await heldCertificatesOf(tenant, accountId, LISTED_MAX);
  return {
    coupons: coupons.map(({ issuedAt, expiresAt, ...coupon }) => ({
      ...coupon,
      issuedAt: issuedAt.toString(),
      expiresAt: expiresAt?.toString() ?? null,
    })),
    couponUses: uses.map(({ at, discount, returnedAt, ...use }) => ({
      ...use,
      at: at.toString(),
      discount: Number(discount),
      returnedAt: returnedAt?.toString() ?? null,
    })),
    certificates: certificates.map(({ nominal, balance, issuedAt, ...certificate }) => ({
      ...certificate,
      nominal: Number(nominal),
      balance: Number(balance),
      issuedAt: issuedAt.toString(),
    })),
  };
}

async function exportEvents(tenant: Tenant, accountId: number): Promise<ExportedAccount['events']> {
  const page = { before: null, limit: LISTED_MAX };
  const events = await listEvents(tenant, { kinds: eventKinds, accountId }, page);
  return events.map(({ kind, at, lastAt, count, platform, source, detail }) => ({
    kind,
    at: at.toString(),
    lastAt: lastAt.toString(),
    count,
    platform,
    source,
    browser: detail.browser ?? null,
    system: detail.system ?? null,
    network: detail.network ?? null,
    device: detail.device ?? null,
    venueCode: detail.venueCode ?? null,
  }));
}

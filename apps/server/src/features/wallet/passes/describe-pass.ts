import type { PassDetail, PassPreview, Result } from '@tessera/contract';
import { refuse, succeed } from '@tessera/contract';
import { drawCode } from '../../../platform/barcode.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { type Design, fieldGroups, type PassRecord } from '../model.ts';
import { contentOf, identityOf, takeSnapshot } from '../render-pass.ts';
import { renderPicture } from '../render-picture.ts';
import type { CardContent } from '../resolve-fields.ts';
import { sharingOfPass } from '../sharing/index.ts';
import { selectDesign } from '../store/designs.ts';
import type { Wallet } from '../wallet.ts';
import { findPass } from './change-pass.ts';
import { selectHoldingDevices, selectOwner, selectStateAtGoogle } from './detail.store.ts';
import { type ThingsWish, tellThings, withWish } from './own-things.ts';

/** Names that other features know. Given by compose.ts. */
export type PassNames = {
  /** The name of a level of a programme by its id. */
  readonly levelName: (tenant: Tenant) => Promise<(programmeId: number, level: string) => string>;
  /** The range of prepared plastic cards that a number is of. */
  readonly rangeOf: (tenant: Tenant, serial: string) => Promise<{ rangeId: number; name: string } | null>;
};

/** One card with everything that its page shows. @returns pass_not_found */
export async function describePass(
  wallet: Wallet,
  tenant: Tenant,
  passId: number,
  names: PassNames,
): Promise<Result<PassDetail>> {
  const pass = await findPass(tenant, passId);
  const design = pass && (await selectDesign(tenant, tenant.companyId, pass.designId));
  const owner = pass && (await selectOwner(tenant, pass.accountId));
  if (!pass || !design || !owner) return refuse('pass_not_found');
  const levelName = await names.levelName(tenant);
  const devices = await selectHoldingDevices(tenant, tenant.companyId, pass);
  const sharing = await sharingOfPass(tenant, pass);
  const google = await selectStateAtGoogle(tenant, passId);
  const page = `${wallet.publicUrl}/c/${pass.guid}`;
  const bare = await contentWith(wallet, tenant, design, { ...pass, ...withoutTexts(pass), voided: false });
  return succeed({
    passId,
    revision: pass.revision,
    serial: pass.serial,
    guid: pass.guid,
    designId: design.designId,
    designName: design.name,
    passTypeIdentifier: pass.passTypeIdentifier,
    voided: pass.voided,
    createdAt: pass.createdAt.toString(),
    owner: {
      accountId: pass.accountId,
      name: owner.name,
      phone: owner.phone,
      level: levelName(owner.programmeId, owner.level),
      points: Number(owner.points),
    },
    links: { page, file: `${page}.pkpass`, qr: drawCode('qr', page) },
    own: tellThings(pass),
    fields: tellFields(design, bare),
    inheritedBarcode: design.body.barcode ? (bare.barcode?.message ?? '') : null,
    picture: renderPicture(contentOf(design, pass, pass.snapshot, identityOf(pass)), tenant.companyId),
    devices: devices.map((device) => ({
      ...device,
      registeredAt: device.registeredAt.toString(),
      lastSeenAt: device.lastSeenAt.toString(),
    })),
    sharing: { ...sharing, prohibited: design.body.sharingProhibited },
    google: google && {
      ...google,
      savedAt: google.savedAt?.toString() ?? null,
      removedAt: google.removedAt?.toString() ?? null,
    },
    versions: {
      current: pass.contentVersion,
      fetched: pass.fetchedVersion,
      updatedAt: pass.lastModified.toString(),
    },
    range: await names.rangeOf(tenant, pass.serial),
  });
}

/** Without the texts that stand in the place of the design's: what the design alone would say. */
function withoutTexts({ own }: PassRecord): Pick<PassRecord, 'ownValues' | 'own'> {
  const { barcodeMessage: _code, nfcMessage: _nfc, ...rest } = own;
  return { ownValues: {}, own: rest };
}

export async function contentWith(
  wallet: Wallet,
  tenant: Tenant,
  design: Design,
  pass: PassRecord,
): Promise<CardContent> {
  const subject = await wallet.loadSubject(tenant, pass.accountId);
  return contentOf(design, pass, takeSnapshot(design, pass, subject), identityOf(pass));
}

const tellFields = (design: Design, bare: CardContent): PassDetail['fields'] =>
  fieldGroups.flatMap((group) =>
    design.body.fields[group].map(({ key, label, value }) => {
      const resolved = bare.fields[group].find((field) => field.key === key);
      return { key, group, label: resolved?.label ?? label, template: value, inherited: resolved?.value ?? '' };
    }),
  );

/**
 * What a card would look like with a change, and what phones would say of it; nothing is written.
 * @returns pass_not_found, pass_field_unknown, value_invalid
 */
export async function previewPass(
  wallet: Wallet,
  tenant: Tenant,
  passId: number,
  wish: ThingsWish,
): Promise<Result<PassPreview>> {
  const pass = await findPass(tenant, passId);
  const design = pass && (await selectDesign(tenant, tenant.companyId, pass.designId));
  if (!pass || !design) return refuse('pass_not_found');
  const wished = withWish(pass, design.body, wish);
  if (!wished.ok) return wished;
  const before = contentOf(design, pass, pass.snapshot, identityOf(pass));
  const after = await contentWith(wallet, tenant, design, { ...pass, ...wished.value });
  return succeed({ picture: renderPicture(after, tenant.companyId), notice: noticeOf(before, after) });
}

/**
 * What a phone says of a change: the message of the first changed field that has one; a field that was not there before has
 * not changed. null: it stays silent.
 */
export function noticeOf(before: CardContent, after: CardContent): string | null {
  for (const group of fieldGroups) {
    for (const { key, value, changeMessage } of after.fields[group]) {
      const earlier = before.fields[group].find((field) => field.key === key);
      if (changeMessage && earlier && earlier.value !== value) return changeMessage.replace('%@', value);
    }
  }
  return null;
}

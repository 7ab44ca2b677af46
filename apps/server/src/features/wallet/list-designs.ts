import type { CardPicture, DesignList } from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import { selectStatistics } from './design/designs.store.ts';
import type { Design } from './model.ts';
import { contentOf, NOTHING_OWN, takeSnapshot } from './render-pass.ts';
import { renderPicture } from './render-picture.ts';
import { SAMPLE_SERIAL, sampleSubject } from './sample-subject.ts';
import { type ListedDesign, selectDesign, selectDesigns } from './store/designs.ts';

export type ListOptions = {
  readonly programmeNames: ReadonlyMap<number, string>;
  readonly archived: boolean;
  readonly statistics: boolean;
  readonly now: Temporal.Instant;
};

/** A device that has asked for nothing for so long is probably in a drawer. */
const ACTIVE_DAYS = 30;

/** All designs with a picture of each, filled in for a guest who could be anybody. */
export async function listDesigns(tenant: Tenant, options: ListOptions): Promise<DesignList> {
  const designs = await selectDesigns(tenant, tenant.companyId, options);
  const since = options.now.subtract({ hours: 24 * ACTIVE_DAYS });
  const counted = options.statistics ? await selectStatistics(tenant, since) : [];
  const statisticsOf = (designId: number) => {
    const found = counted.find((one) => one.designId === designId);
    if (!found) return null;
    const { cards, voided, installed, activeDevices, pushedAt } = found;
    return { cards, voided, installed, activeDevices, lastPushAt: pushedAt?.toString() ?? null };
  };
  const { companyId } = tenant;
  return {
    items: designs.map((design) => ({
      ...describe(design, companyId, options.programmeNames),
      statistics: statisticsOf(design.designId),
    })),
  };
}

/** A picture of one design, for the page that offers the card; null when there is no such design. */
export async function pictureOfDesign(tenant: Tenant, designId: number): Promise<CardPicture | null> {
  const design = await selectDesign(tenant, tenant.companyId, designId);
  return design && samplePicture(design, tenant.companyId);
}

function samplePicture(design: Design, companyId: number): CardPicture {
  const snapshot = takeSnapshot(design, NOTHING_OWN, sampleSubject(design.body.language));
  const identity = { serial: SAMPLE_SERIAL, guid: '', token: '' };
  return renderPicture(contentOf(design, NOTHING_OWN, snapshot, identity), companyId);
}

function describe(
  design: ListedDesign,
  companyId: number,
  programmeNames: ReadonlyMap<number, string>,
): Omit<DesignList['items'][number], 'statistics'> {
  return {
    designId: design.designId,
    name: design.name,
    programme: programmeNames.get(design.programmeId) ?? '',
    credential: design.credentialId !== null ? { id: design.credentialId, name: design.credentialName ?? '' } : null,
    passes: design.passes,
    revision: design.savedRevision,
    unpublished: design.savedRevision > design.revision,
    archivedAt: design.archivedAt?.toString() ?? null,
    picture: samplePicture(design, companyId),
  };
}

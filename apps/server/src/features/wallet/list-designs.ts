import type { CardPicture, DesignList } from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import type { Design } from './model.ts';
import { contentOf, NOTHING_OWN, takeSnapshot } from './render-pass.ts';
import { renderPicture } from './render-picture.ts';
import { SAMPLE_SERIAL, sampleSubject } from './sample-subject.ts';
import { type ListedDesign, selectDesign, selectDesigns } from './store/designs.ts';

/** All designs with a picture of each, filled in for a guest who could be anybody. */
export async function listDesigns(tenant: Tenant, programmeNames: ReadonlyMap<number, string>): Promise<DesignList> {
  const designs = await selectDesigns(tenant, tenant.companyId);
  return { items: designs.map((design) => describe(design, tenant.companyId, programmeNames)) };
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
): DesignList['items'][number] {
  return {
    designId: design.designId,
    name: design.name,
    programme: programmeNames.get(design.programmeId) ?? '',
    credential: design.credentialId !== null ? { id: design.credentialId, name: design.credentialName ?? '' } : null,
    passes: design.passes,
    revision: design.revision,
    unpublished: false,
    archivedAt: design.archivedAt?.toString() ?? null,
    statistics: null,
    picture: samplePicture(design, companyId),
  };
}

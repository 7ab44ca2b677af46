import type { DesignList } from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import { contentOf, takeSnapshot } from './render-pass.ts';
import { renderPicture } from './render-picture.ts';
import { SAMPLE_SERIAL, sampleSubject } from './sample-subject.ts';
import { type ListedDesign, selectDesigns } from './store/designs.ts';

/** All designs with a picture of each, filled in for a guest who could be anybody. */
export async function listDesigns(tenant: Tenant, programmeNames: ReadonlyMap<number, string>): Promise<DesignList> {
  const designs = await selectDesigns(tenant, tenant.companyId);
  return { items: designs.map((design) => describe(design, tenant.companyId, programmeNames)) };
}

function describe(
  design: ListedDesign,
  companyId: number,
  programmeNames: ReadonlyMap<number, string>,
): DesignList['items'][number] {
  const snapshot = takeSnapshot(design, {}, sampleSubject(design.body.language));
  const identity = { serial: SAMPLE_SERIAL, guid: '', token: '' };
  return {
    designId: design.designId,
    name: design.name,
    programme: programmeNames.get(design.programmeId) ?? '',
    credential: design.credentialId !== null ? { id: design.credentialId, name: design.credentialName ?? '' } : null,
    passes: design.passes,
    revision: design.revision,
    picture: renderPicture(contentOf(design, { ownValues: {}, voided: false }, snapshot, identity), companyId),
  };
}

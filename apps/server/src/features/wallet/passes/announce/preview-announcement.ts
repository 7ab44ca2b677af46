import type { Announcement, CampaignPreview, PassOperationFilter } from '@tessera/contract';
import type { Tenant } from '../../../../platform/database/index.ts';
import { unknownNames } from '../../design/find-template-problems.ts';
import type { Design } from '../../model.ts';
import { contentOf, identityOf } from '../../render-pass.ts';
import { renderPicture } from '../../render-picture.ts';
import { selectDesigns } from '../../store/designs.ts';
import { referencedField } from '../../variables.ts';
import type { Wallet } from '../../wallet.ts';
import { findPass } from '../change-pass.ts';
import { contentWith, noticeOf } from '../describe-pass.ts';
import { readFilter } from '../list-passes.ts';
import { announcedField, showsBanner, withNews } from './announce-edit.ts';
import { type DesignReach, selectReach } from './reach.store.ts';

type PlannedAnnouncement = {
  readonly filter: PassOperationFilter;
  readonly announcement: Omit<Announcement, 'kind'>;
  /** Only cards of guests who agree to advertising. */
  readonly onlyAgreed: boolean;
  /** Not the cards that these operations have changed. */
  readonly toldBy: readonly number[];
};

/** Whom a message would reach, what would become of the field, and how it looks on one of the cards; nothing is written. */
export async function previewAnnouncement(
  wallet: Wallet,
  tenant: Tenant,
  { filter, announcement, onlyAgreed, toldBy }: PlannedAnnouncement,
  timeZone: string,
): Promise<CampaignPreview> {
  const { companyId } = tenant;
  const reach = await selectReach(tenant, companyId, { filter: readFilter(filter, timeZone), onlyAgreed, toldBy });
  const designs = new Map((await selectDesigns(tenant, companyId)).map((design) => [design.designId, design]));
  const worn = reach.flatMap((one) => {
    const design = designs.get(one.designId);
    return design ? [{ ...one, design }] : [];
  });
  const total = (count: Exclude<keyof DesignReach, 'designId' | 'sample'>): number =>
    reach.reduce((sum, one) => sum + one[count], 0);
  return {
    cards: total('cards'),
    notAgreed: total('notAgreed'),
    toldLately: total('toldLately'),
    reach: {
      apple: total('apple'),
      android: total('android'),
      google: total('google'),
      browsers: total('browsers'),
      nowhere: total('nowhere'),
    },
    designs: worn.flatMap(({ design, cards }) => (cards > 0 ? [tellDesign(design, cards, announcement.field)] : [])),
    sample: await sampleOf(wallet, tenant, worn, announcement),
    unknownVariables: unknownNames(announcement.text),
  };
}

function tellDesign(
  { designId, name, body }: Design,
  cards: number,
  place: string,
): CampaignPreview['designs'][number] {
  const reference = referencedField(place);
  const field = reference && body.fields[reference[0]][reference[1]];
  const told = { label: field?.label ?? null, template: field?.value ?? '', banner: showsBanner(body) };
  return { designId, name, cards, ...told };
}

/** A card of the design that most of them wear, and that has the field. */
async function sampleOf(
  wallet: Wallet,
  tenant: Tenant,
  worn: readonly { readonly design: Design; readonly sample: number | null }[],
  announcement: PlannedAnnouncement['announcement'],
): Promise<CampaignPreview['sample']> {
  for (const { design, sample } of worn) {
    const field = announcedField(design.body, announcement.field);
    const pass = sample === null || field === undefined ? null : await findPass(tenant, sample);
    if (!pass || field === undefined) continue;
    const before = contentOf(design, pass, pass.snapshot, identityOf(pass));
    const things = withNews(pass, design.body, field, announcement);
    const after = await contentWith(wallet, tenant, design, { ...pass, ...things });
    const picture = renderPicture(after, tenant.companyId);
    return { passId: pass.passId, serial: pass.serial, picture, notice: noticeOf(before, after) };
  }
  return null;
}

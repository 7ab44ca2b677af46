import type { Language } from '@tessera/contract/messages';
import type { Tenant } from '../../platform/database/index.ts';
import { isLasting, lastingKeys } from './lasting.ts';
import type { BarcodeFormat, Design, FieldGroup, PassRecord } from './model.ts';
import { contentsOf, identityOf } from './render-pass.ts';
import type { CardContent } from './resolve-fields.ts';
import { selectAsset, selectDesign } from './store/designs.ts';

/** What a card says on paper: only what is still true tomorrow. */
export type PaperCard = {
  readonly organizationName: string;
  readonly logoText: string;
  /** `#rrggbb` each. */
  readonly colours: { readonly background: string; readonly foreground: string; readonly label: string };
  readonly front: readonly PaperField[];
  readonly back: readonly PaperField[];
  readonly barcode: { readonly format: BarcodeFormat; readonly message: string; readonly altText: string } | null;
  readonly serial: string;
  /** PNG. */
  readonly logo: Buffer | null;
  readonly strip: Buffer | null;
};
export type PaperField = { readonly label: string; readonly value: string };

/** null: nothing to print, since the card has ended or its code does not stay the same. */
export type PaperPress = (pass: PassRecord, language?: Language) => Promise<PaperCard | null>;

/** In the order in which a printed card has room for them. */
const FRONT: readonly FieldGroup[] = ['primary', 'secondary', 'auxiliary', 'header'];

/** Makes cards ready for paper. Designs and pictures are read once for as many cards as are asked for. */
export function openPress(tenant: Tenant): PaperPress {
  const designs = new Map<number, Promise<Design | null>>();
  const pictures = new Map<string, Promise<Buffer | null>>();
  const designOf = (designId: number) =>
    once(designs, designId, () => selectDesign(tenant, tenant.companyId, designId));
  const pictureOf = (images: CardContent['images'], name: 'logo' | 'strip') => {
    const sha256 = ['@3x', '@2x', ''].map((scale) => images[`${name}${scale}.png`]).find(Boolean);
    if (!sha256) return null;
    return once(pictures, sha256, async () => (await selectAsset(tenant, tenant.companyId, sha256))?.bytes ?? null);
  };
  return async (pass, language) => {
    const design = pass.voided ? null : await designOf(pass.designId);
    if (!design || !staysTheSame(design)) return null;
    const contents = contentsOf(design, pass, pass.snapshot, identityOf(pass));
    const { content } = contents.find((one) => one.language === language) ?? contents[0];
    const { images } = content;
    const [logo, strip] = await Promise.all([pictureOf(images, 'logo'), pictureOf(images, 'strip')]);
    const { organizationName, colours, barcode } = content;
    const kept = new Set(lastingKeys(design.body, pass));
    const fieldsOf = (group: FieldGroup): PaperField[] =>
      content.fields[group].filter(({ key }) => kept.has(key)).map(({ label, value }) => ({ label, value }));
    return {
      organizationName,
      logoText: isLasting(design.body, design.body.logoText) ? content.logoText : '',
      colours,
      front: FRONT.flatMap(fieldsOf),
      back: fieldsOf('back'),
      barcode,
      serial: pass.serial,
      logo,
      strip,
    };
  };
}

/** What a sheet that speaks of a design's cards borrows from it. null: no such design. */
export async function printedPicture(
  tenant: Tenant,
  designId: number,
): Promise<Pick<PaperCard, 'colours' | 'logo'> | null> {
  const design = await selectDesign(tenant, tenant.companyId, designId);
  if (!design) return null;
  const sha256 = ['@3x', '@2x', ''].map((scale) => design.body.images[`logo${scale}.png`]).find(Boolean);
  const logo = sha256 ? await selectAsset(tenant, tenant.companyId, sha256) : null;
  return { colours: design.body.colours, logo: logo?.bytes ?? null };
}

/** A code that changes after use or with time is dead on paper. */
const staysTheSame = ({ body }: Design): boolean => body.changingCode === undefined && body.barcode !== null;

/** Tells whether cards can be printed. Their designs are read once for as many as are asked about. */
export function openPrintable(tenant: Tenant): (pass: PassRecord) => Promise<boolean> {
  const designs = new Map<number, Promise<boolean>>();
  const canPrint = async (designId: number): Promise<boolean> => {
    const design = await selectDesign(tenant, tenant.companyId, designId);
    return design !== null && staysTheSame(design);
  };
  return async ({ voided, designId }) => !voided && (await once(designs, designId, () => canPrint(designId)));
}

/** Whether a card can be printed. */
export const isPrintable = (tenant: Tenant, pass: PassRecord): Promise<boolean> => openPrintable(tenant)(pass);

function once<Key, Value>(known: Map<Key, Promise<Value>>, key: Key, find: () => Promise<Value>): Promise<Value> {
  const found = known.get(key) ?? find();
  known.set(key, found);
  return found;
}

import type { GoogleFace } from '@tessera/contract';
import type { Language } from '@tessera/contract/messages';
import { localizeDesign } from '../design/localize.ts';
import type { Design, DesignBody } from '../model.ts';
import { drawBarcode } from '../render-picture.ts';
import type { CardContent, ResolvedField } from '../resolve-fields.ts';
import { verticalOf } from './model.ts';
import { picturePath, sourceOf } from './pictures.ts';
import { constant, frontKeys, rowsOf, titleOf } from './render-class.ts';

/** Google shows so many of an object's texts. */
const DETAILS_MAX = 10;

/**
 * What Google Wallet makes of the class and the object that it is told, for a picture of it: the same rows, the same
 * names, the texts of one language.
 */
export function renderGoogleFace(
  design: Pick<Design, 'name' | 'body'>,
  { language, content }: { language: Language; content: CardContent },
  companyId: number,
): GoogleFace {
  const body = localizeDesign(design.body, language);
  const all = Object.values(content.fields).flat();
  const find = (key: string) => all.find((field) => field.key === key);
  const line = ({ label, value }: ResolvedField) => ({ label, value });
  const vertical = verticalOf(body);
  const rows = rowsOf(body).map((row) => row.flatMap((key) => find(key) ?? []).map(line));
  const lead = vertical === 'loyalty' ? frontKeys(body.fields)[0] : undefined;
  const seconds = body.google?.rotatingSeconds;
  const picture = (kind: 'logo' | 'hero') => {
    const sha256 = sourceOf(body, kind);
    return sha256 ? { [kind]: picturePath(companyId, kind, sha256, content.colours.background) } : {};
  };
  return {
    vertical,
    issuer: content.organizationName,
    title: titleIn(body, content, design.name),
    colour: content.colours.background,
    ...picture('logo'),
    ...picture('hero'),
    rows: rows.filter((row) => row.length > 0),
    details: all
      .filter(({ key }) => key !== lead)
      .slice(0, DETAILS_MAX)
      .map(line),
    links: (content.links ?? []).map(({ label, url }) => ({ label, url })),
    ...(content.barcode
      ? { barcode: { ...drawBarcode(content.barcode), ...(seconds === undefined ? {} : { rotatingSeconds: seconds }) } }
      : {}),
    ended: content.voided,
  };
}

function titleIn(body: DesignBody, content: CardContent, designName: string): string {
  switch (verticalOf(body)) {
    case 'loyalty':
      return titleOf(designName)(body);
    case 'generic':
      return content.logoText || content.description;
    case 'giftCard':
      return content.organizationName;
    default:
      return constant(body.description) || designName;
  }
}

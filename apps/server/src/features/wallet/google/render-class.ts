import { sha256 } from '../../../platform/crypto/index.ts';
import { languagesOf, localizeDesign } from '../design/localize.ts';
import type { Design, DesignBody, GoogleVertical } from '../model.ts';
import { picturePath, sourceOf } from './pictures.ts';
import { type LocalizedString, plainOrLocalized } from './render-text.ts';

export type ClassFrame = {
  readonly classId: string;
  readonly vertical: GoogleVertical;
  readonly companyId: number;
  readonly publicUrl: string;
};

/** The class of a design (Google Wallet, REST resources): what all its cards have in common. Holds nothing personal. */
export function renderClass({ body, name }: Pick<Design, 'body' | 'name'>, frame: ClassFrame) {
  const { vertical, classId, publicUrl } = frame;
  const common = {
    id: classId,
    classTemplateInfo: layoutOf(body, vertical),
    multipleDevicesAndHoldersAllowedStatus: body.sharingProhibited ? 'ONE_USER_ALL_DEVICES' : 'MULTIPLE_HOLDERS',
    // Google calls only addresses with a certificate that everybody trusts.
    ...(publicUrl.startsWith('https:') || isLocal(publicUrl)
      ? { callbackOptions: { url: `${publicUrl}/google/callback` } }
      : {}),
    ...appOf(body),
  };
  // A generic card has its name and its look on the object.
  if (vertical === 'generic') return common;
  return { ...common, ...brandOf(body, frame), ...namesOf(body, name, vertical, logoOf(body, frame)) };
}

/** The company's own program, offered below the card. */
const appOf = ({ apps }: DesignBody) =>
  apps?.androidPackage
    ? { appLinkData: { androidAppLinkInfo: { appTarget: { packageName: apps.androidPackage } } } }
    : {};

const isLocal = (url: string): boolean => /^http:\/\/(localhost|127\.0\.0\.1)(:|$)/.test(url);

/** Sent with every change: an approved class that is changed without it is refused. */
const brandOf = (body: DesignBody, frame: ClassFrame) => {
  const hero = imageOf(body, 'hero', frame);
  return {
    ...namedInAll(body, 'issuerName', ({ organizationName }) => organizationName),
    reviewStatus: 'UNDER_REVIEW',
    hexBackgroundColor: body.colours.background,
    homepageUri: { uri: frame.publicUrl, description: body.organizationName },
    ...(hero ? { heroImage: hero } : {}),
  };
};

type Image = ReturnType<typeof imageOf>;
const TITLE_CHARACTERS_MAX = 60;

function namesOf(body: DesignBody, designName: string, vertical: GoogleVertical, logo: Image): Record<string, unknown> {
  switch (vertical) {
    case 'loyalty':
      return { ...namedInAll(body, 'programName', titleOf(designName)), ...(logo ? { programLogo: logo } : {}) };
    case 'giftCard':
      return {
        ...namedInAll(body, 'merchantName', ({ organizationName }) => organizationName),
        allowBarcodeRedemption: true,
        ...(logo ? { programLogo: logo } : {}),
      };
    case 'offer':
      return {
        ...namedInAll(body, 'title', ({ description }) =>
          (constant(description) || designName).slice(0, TITLE_CHARACTERS_MAX),
        ),
        ...namedInAll(body, 'provider', ({ organizationName }) => organizationName),
        redemptionChannel: 'INSTORE',
        ...(logo ? { titleImage: logo } : {}),
      };
    case 'eventTicket':
      return {
        eventName: inAll(body, ({ description }) => constant(description) || designName),
        ...(logo ? { logo } : {}),
      };
    case 'generic':
      return {};
  }
}

/** The large line of a loyalty card: what stands beside the logo, if it is the same for everybody. */
export const titleOf =
  (designName: string) =>
  ({ logoText, description }: DesignBody): string =>
    constant(logoText) || constant(description) || designName;

/** A text of a class in all languages of its design; the first one is for everybody else. */
function inAll(body: DesignBody, tell: (body: DesignBody) => string): LocalizedString {
  const [first, ...others] = languagesOf(body).map((language) => ({
    language,
    value: tell(localizeDesign(body, language)),
  }));
  const translatedValues = others.filter(({ value }) => value !== '' && value !== first!.value);
  return { defaultValue: first!, ...(translatedValues.length > 0 ? { translatedValues } : {}) };
}

const namedInAll = (body: DesignBody, name: string, tell: (body: DesignBody) => string) =>
  plainOrLocalized(name, inAll(body, tell));

/** A text without variables: a class says the same to everybody. */
export const constant = (text: string): string => (/[A-Za-z0-9]#/.test(text) ? '' : text.trim());

export const logoOf = (body: DesignBody, frame: Pick<ClassFrame, 'companyId' | 'publicUrl'>) =>
  imageOf(body, 'logo', frame);
export const heroOf = (body: DesignBody, frame: Pick<ClassFrame, 'companyId' | 'publicUrl'>) =>
  imageOf(body, 'hero', frame);

function imageOf(
  body: DesignBody,
  kind: 'logo' | 'hero',
  { companyId, publicUrl }: Pick<ClassFrame, 'companyId' | 'publicUrl'>,
) {
  const source = sourceOf(body, kind);
  if (!source) return undefined;
  const uri = `${publicUrl}${picturePath(companyId, kind, source, body.colours.background)}`;
  const contentDescription = { defaultValue: { language: body.language, value: body.organizationName } };
  return { sourceUri: { uri }, contentDescription };
}

const ROWS_MAX = 3;
const ITEMS_IN_A_ROW = 3;

/** The keys of the front's fields in rows: what stands first on the card stands first here. */
export function rowsOf({ fields }: Pick<DesignBody, 'fields'>): string[][] {
  const keys = frontKeys(fields);
  const rows: string[][] = [];
  // The balance has room beside it for one more, the rows below for three each.
  for (let at = 0; at < keys.length && rows.length < ROWS_MAX; ) {
    const size = rows.length === 0 ? 2 : ITEMS_IN_A_ROW;
    rows.push(keys.slice(at, at + size));
    at += size;
  }
  return rows;
}

function layoutOf(body: DesignBody, vertical: GoogleVertical) {
  // The first field of a loyalty card is its balance, which has a place of its own.
  const lead = vertical === 'loyalty' ? frontKeys(body.fields)[0] : undefined;
  const pathOf = (key: string) => (key === lead ? 'object.loyaltyPoints.balance' : `object.textModulesData['${key}']`);
  return { cardTemplateOverride: { cardRowTemplateInfos: rowsOf(body).map((row) => toRow(row.map(pathOf))) } };
}

function toRow(paths: readonly string[]) {
  const item = (path: string | undefined) => ({ firstValue: { fields: [{ fieldPath: path }] } });
  const [one, two, three] = paths;
  if (three !== undefined) return { threeItems: { startItem: item(one), middleItem: item(two), endItem: item(three) } };
  if (two !== undefined) return { twoItems: { startItem: item(one), endItem: item(two) } };
  return { oneItem: { item: item(one) } };
}

/** The first of them is what the card is about. */
export const frontKeys = (fields: DesignBody['fields']): string[] =>
  [...fields.header, ...fields.primary, ...fields.secondary, ...fields.auxiliary].map(({ key }) => key);

export const hashOf = (value: unknown): Buffer => sha256(JSON.stringify(value));

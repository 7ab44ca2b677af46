import { sha256 } from '../../../platform/crypto/index.ts';
import type { Design, DesignBody, GoogleVertical } from '../model.ts';
import { picturePath, sourceOf } from './pictures.ts';

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
    issuerName: body.organizationName,
    reviewStatus: 'UNDER_REVIEW',
    hexBackgroundColor: body.colours.background,
    homepageUri: { uri: frame.publicUrl, description: body.organizationName },
    ...(hero ? { heroImage: hero } : {}),
  };
};

type Image = ReturnType<typeof imageOf>;
const TITLE_CHARACTERS_MAX = 60;

function namesOf(body: DesignBody, designName: string, vertical: GoogleVertical, logo: Image): Record<string, unknown> {
  const title = constant(body.logoText) || constant(body.description) || designName;
  switch (vertical) {
    case 'loyalty':
      return { programName: title, ...(logo ? { programLogo: logo } : {}) };
    case 'giftCard':
      return {
        merchantName: body.organizationName,
        allowBarcodeRedemption: true,
        ...(logo ? { programLogo: logo } : {}),
      };
    case 'offer':
      return {
        title: (constant(body.description) || designName).slice(0, TITLE_CHARACTERS_MAX),
        provider: body.organizationName,
        redemptionChannel: 'INSTORE',
        ...(logo ? { titleImage: logo } : {}),
      };
    case 'eventTicket':
      return {
        eventName: { defaultValue: { language: body.language, value: constant(body.description) || designName } },
        ...(logo ? { logo } : {}),
      };
    case 'generic':
      return {};
  }
}

/** A text without variables: a class says the same to everybody. */
const constant = (text: string): string => (/[A-Za-z0-9]#/.test(text) ? '' : text.trim());

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

/** The fields of the front in rows: what stands first on the card stands first here. */
function layoutOf({ fields }: DesignBody, vertical: GoogleVertical) {
  const keys = frontKeys(fields);
  const [first, ...rest] = vertical === 'loyalty' ? keys : [undefined, ...keys];
  const lead = first === undefined ? [] : ['object.loyaltyPoints.balance'];
  const paths = [...lead, ...rest.flatMap((key) => (key === undefined ? [] : [`object.textModulesData['${key}']`]))];
  const rows: string[][] = [];
  // The balance has room beside it for one more, the rows below for three each.
  for (let at = 0; at < paths.length && rows.length < ROWS_MAX; ) {
    const size = rows.length === 0 ? 2 : ITEMS_IN_A_ROW;
    rows.push(paths.slice(at, at + size));
    at += size;
  }
  return { cardTemplateOverride: { cardRowTemplateInfos: rows.map(toRow) } };
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

import type {
  GoogleWallet,
  Patched,
  Patience,
  Resource,
  ResourceKind,
  ServiceAccount,
} from '../../../adapters/google-wallet/index.ts';

/** What a card or a design may stop having. Anything else in Google's answer is Google's own. */
const CLEARABLE = [
  'barcode',
  'barcode.alternateText',
  'rotatingBarcode',
  'rotatingBarcode.alternateText',
  'passConstraints',
  'loyaltyPoints',
  'loyaltyPoints.label',
  'loyaltyPoints.localizedLabel',
  'secondaryLoyaltyPoints',
  'rewardsTier',
  'rewardsTierLabel',
  'accountName',
  'subheader',
  'localizedSubheader',
  'validTimeInterval',
  'textModulesData',
  'linksModuleData',
  'imageModulesData',
  'merchantLocations',
  'heroImage',
  'logo',
  'wideLogo',
  'programLogo',
  'wideProgramLogo',
  'titleImage',
  'wideTitleImage',
  'homepageUri',
  'appLinkData',
  'groupingInfo',
  'linkedObjectIds',
  'smartTapRedemptionValue',
  'dateTime',
  'venue',
] as const;

/** What Google still has of a resource although we have it no more. */
export const leftOver = (stored: Resource, wanted: Resource): string[] =>
  CLEARABLE.filter((path) => !isEmpty(at(stored, path)) && isEmpty(at(wanted, path)));

function at(resource: Resource, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((part, key) => (isRecord(part) ? part[key] : undefined), resource as Record<string, unknown>);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/**
 * Brings a resource to Google as it is now. A patch clears nothing that is not named, and its answer tells what Google has:
 * where something is left that we have no more, the whole resource is replaced, with the messages that were added to it.
 * `notice` goes with the patch alone: a guest is told once.
 */
export async function writeWhole(
  google: GoogleWallet,
  account: ServiceAccount,
  kind: ResourceKind,
  resource: Resource,
  { notice = {}, ...patience }: Patience & { readonly notice?: Readonly<Record<string, unknown>> } = {},
): Promise<Patched> {
  const patched = await google.upsert(account, kind, { ...resource, ...notice }, patience);
  if (patched.status !== 'done' || leftOver(patched.resource, resource).length === 0) return patched;
  const { messages } = patched.resource;
  const whole = isEmpty(messages) ? resource : { ...resource, messages };
  return google.update(account, kind, whole, patience);
}

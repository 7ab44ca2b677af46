import type { BarcodeFormat, DesignBody, GoogleVertical } from '../model.ts';
import type { CardContent, LocalContents, ResolvedField } from '../resolve-fields.ts';
import { frontKeys, heroOf, logoOf } from './render-class.ts';
import { localize, plainOrLocalized } from './render-text.ts';
import { rotatingPattern, TOTP_DIGITS } from './rotating-code.ts';

export type ObjectFrame = {
  readonly objectId: string;
  readonly classId: string;
  readonly vertical: GoogleVertical;
  readonly companyId: number;
  readonly publicUrl: string;
  readonly serial: string;
  /** 20 bytes in hex where the design asks for a changing code, else null. */
  readonly rotationKey: string | null;
};

const barcodeTypes: Readonly<Record<BarcodeFormat, string>> = {
  qr: 'QR_CODE',
  pdf417: 'PDF_417',
  aztec: 'AZTEC',
  code128: 'CODE_128',
  ean13: 'EAN_13',
  code39: 'CODE_39',
  codabar: 'CODABAR',
  itf: 'ITF_14',
};

/** Google shows so many of an object's texts. */
const MODULES_MAX = 10;

/**
 * A card as Google's object, from the same content as the Apple pass and the web card. Equal input gives equal output, so
 * that a hash tells whether Google has it already. Arrays are always whole: a patch replaces them.
 */
export function renderObject(design: DesignBody, contents: LocalContents, frame: ObjectFrame) {
  const { content } = contents[0];
  const { vertical, objectId, classId } = frame;
  return {
    id: objectId,
    classId,
    state: content.voided ? 'EXPIRED' : 'ACTIVE',
    ...(content.expiresAt ? { validTimeInterval: { end: { date: content.expiresAt } } } : {}),
    textModulesData: modulesOf(contents, vertical === 'loyalty' ? frontKeys(design.fields)[0] : undefined),
    ...barcodesOf(design, content, frame),
    ...nearbyOf(content),
    ...linksOf(contents),
    ...ownFields(design, contents, frame),
  };
}

export type GoogleCard = ReturnType<typeof renderObject>;

function ownFields(design: DesignBody, contents: LocalContents, frame: ObjectFrame): Record<string, unknown> {
  const { serial, vertical } = frame;
  switch (vertical) {
    case 'loyalty':
      return { accountId: serial, ...pointsOf(design, contents) };
    case 'giftCard':
      return { cardNumber: serial };
    case 'eventTicket':
      return { ticketNumber: serial };
    case 'offer':
      return {};
    case 'generic': {
      const [logo, hero] = [logoOf(design, frame), heroOf(design, frame)];
      const title = localize(contents, ({ organizationName }) => organizationName);
      const header = localize(contents, ({ logoText, description }) => logoText || description);
      return {
        genericType: 'GENERIC_LOYALTY_CARD',
        cardTitle: title,
        header,
        hexBackgroundColor: design.colours.background,
        ...(logo ? { logo } : {}),
        ...(hero ? { heroImage: hero } : {}),
      };
    }
  }
}

/** The field that the card is about, as Google's points; a card whose field is empty says nothing there. */
function pointsOf(design: DesignBody, contents: LocalContents): Record<string, unknown> {
  const key = frontKeys(design.fields)[0];
  const find = (content: CardContent) => frontOf(content).find((field) => field.key === key);
  const field = find(contents[0].content);
  if (!field) return {};
  const label = localize(contents, (content) => find(content)?.label);
  // As text: the number is written as the guest's language wants it, with its unit if it has one.
  return { loyaltyPoints: { ...plainOrLocalized('label', label), balance: { string: field.value } } };
}

const frontOf = ({ fields }: CardContent): ResolvedField[] => [
  ...fields.header,
  ...fields.primary,
  ...fields.secondary,
  ...fields.auxiliary,
];

/** All fields but the one that stands elsewhere: the front first. What is too much shares the last place. */
function modulesOf(contents: LocalContents, elsewhere: string | undefined) {
  const all = (content: CardContent) =>
    [...frontOf(content), ...content.fields.back].filter(({ key }) => key !== elsewhere);
  const modules = all(contents[0].content).map(({ key }) => {
    const find = (content: CardContent) => all(content).find((field) => field.key === key);
    const header = localize(contents, (content) => find(content)?.label);
    const body = localize(contents, (content) => find(content)?.value);
    return { id: key, ...plainOrLocalized('header', header), ...plainOrLocalized('body', body) };
  });
  if (modules.length <= MODULES_MAX) return modules;
  const kept = modules.slice(0, MODULES_MAX - 1);
  const rest = modules.slice(MODULES_MAX - 1) as { header?: string; body?: string }[];
  const lines = rest.map(({ header, body }) => [header, body].filter(Boolean).join('\n'));
  return [...kept, { id: 'more', body: lines.join('\n\n') }];
}

/** Google tells by itself when the guest is near; more than ten places make it refuse the card. */
const nearbyOf = ({ places }: CardContent) =>
  places ? { merchantLocations: places.map(({ latitude, longitude }) => ({ latitude, longitude })) } : {};

function linksOf(contents: LocalContents) {
  const { links } = contents[0].content;
  if (!links) return {};
  const uris = links.map(({ url }, index) => {
    const label = localize(contents, (content) => content.links?.[index]?.label);
    return { id: `link${index + 1}`, uri: url, ...plainOrLocalized('description', label) };
  });
  return { linksModuleData: { uris } };
}

/** Google's ITF is the one on cartons, of 14 digits. */
const codeOf = ({ format, message }: NonNullable<CardContent['barcode']>): string =>
  format === 'itf' && message.length !== 14 ? barcodeTypes.qr : barcodeTypes[format];

/** The code that stays is sent also beside a changing one: for old phones and for print. */
function barcodesOf(design: DesignBody, { barcode }: CardContent, { serial, rotationKey }: ObjectFrame) {
  if (!barcode) return {};
  const { format, message, altText } = barcode;
  const type = codeOf(barcode);
  const text = altText === '' ? {} : { alternateText: altText };
  const seconds = design.google?.rotatingSeconds;
  if (seconds === undefined || rotationKey === null) return { barcode: { type, value: message, ...text } };
  return {
    barcode: { type, value: message, ...text },
    rotatingBarcode: {
      // Only these two kinds can change.
      type: format === 'pdf417' ? 'PDF_417' : 'QR_CODE',
      valuePattern: rotatingPattern(serial),
      ...text,
      totpDetails: {
        algorithm: 'TOTP_SHA1',
        periodMillis: String(seconds * 1_000),
        parameters: [{ key: rotationKey, valueLength: TOTP_DIGITS }],
      },
    },
    passConstraints: { screenshotEligibility: 'INELIGIBLE' },
  };
}

/**
 * The text that is worth a notification when it changes: that of the field with a change message, as on an iPhone. What a
 * campaign says comes as a message of its own.
 */
export const spokenText = (content: CardContent): string =>
  [...frontOf(content), ...content.fields.back].find(({ changeMessage, announced }) => changeMessage && !announced)
    ?.value ?? '';

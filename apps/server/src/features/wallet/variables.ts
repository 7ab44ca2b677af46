import type { Language } from '@tessera/contract/messages';
import { currencyDigits, formatMeasure, formatMoney, formatNumber, formatPhone } from '@tessera/look';
import { toDecimal } from './design/typed-value.ts';
import { type CardSubject, type DesignBody, fieldGroups, type OwnThings, ownOr, POINTS_SCALE } from './model.ts';

/** What one card knows besides its guest and account. */
export type CardFacts = Pick<OwnThings, 'notes' | 'customFields'> & {
  /** The last day of the card, its own or the design's, YYYY-MM-DD. */
  readonly expiresOn?: string | undefined;
};

/** What a variable's text is made of. */
type Speaker = (subject: CardSubject, language: Language, facts: CardFacts) => string;

/** Variables that speak of the guest and the account. The names are the ones that designs of other systems use. */
const speakers: Readonly<Record<string, Speaker>> = {
  FirstName: ({ firstName }) => firstName,
  LastName: ({ lastName }) => lastName,
  MiddleName: ({ middleName }) => middleName,
  BirthDate: ({ birthday }, language) => (birthday ? formatDate(birthday, language) : ''),
  Notes: (_subject, _language, { notes }) => notes ?? '',
  Phone: ({ phone }) => (phone ? formatPhone(phone) : ''),
  email: ({ email }) => email ?? '',
  ExpirationDate: (_subject, language, { expiresOn }) => (expiresOn ? formatDate(expiresOn, language) : ''),
  CustomField: ({ externalId }) => externalId,
  CustomField2: ({ stamps }) => (stamps ? String(stamps.have) : ''),
  CustomField3: (subject, language) => tellDeposit(subject, language),
  CustomField4: ({ groupName }) => groupName,
  CustomField5: (_subject, _language, { customFields }) => customFields?.[5] ?? '',
  CustomField6: (_subject, _language, { customFields }) => customFields?.[6] ?? '',
  CustomField7: (_subject, _language, { customFields }) => customFields?.[7] ?? '',
  LoyaltyValue: ({ available, stamps, discount }, language) => {
    if (discount !== null) return formatNumber(discount, language, { scale: 2 });
    return stamps?.alone
      ? String(stamps.have)
      : formatNumber(available, language, { scale: POINTS_SCALE, wholeOrFull: true });
  },
  LoyaltyValue2: ({ turnover, currency }, language) => formatMoney(turnover, currency, language),
  Level: ({ levelName }) => levelName,
  NextLevel: ({ nextLevel }) => nextLevel?.name ?? '',
  NextLevelMissing: ({ nextLevel, currency }, language) =>
    nextLevel ? formatMeasure(nextLevel.measure, nextLevel.missing, { lang: language, currency }) : '',
  PendingValue: ({ pending }, language) =>
    pending > 0n ? formatNumber(pending, language, { scale: POINTS_SCALE, wholeOrFull: true }) : '',
  ReferralCode: ({ referral }) => referral?.code ?? '',
  ReferralLink: ({ referral }) => referral?.url ?? '',
  Stamps: ({ stamps }) => (stamps ? String(stamps.have) : ''),
  StampsGoal: ({ stamps }) => (stamps ? String(stamps.slots) : ''),
  StampsLeft: ({ stamps }) => (stamps ? String(stamps.left) : ''),
  StampsReward: ({ stamps }) => stamps?.reward ?? '',
  Deposit: (subject, language) => tellDeposit(subject, language),
  ExpiringValue: ({ nextExpiry }, language) =>
    nextExpiry ? formatNumber(nextExpiry.amount, language, { scale: POINTS_SCALE, wholeOrFull: true }) : '',
  ExpiringDate: ({ nextExpiry, timeZone }, language) =>
    nextExpiry ? formatDate(nextExpiry.at.toZonedDateTimeISO(timeZone).toPlainDate().toString(), language) : '',
};

const tellDeposit = ({ deposit, currency }: CardSubject, language: Language): string =>
  deposit === null ? '' : formatMoney(deposit, currency, language);

/** What may be written as a number or a date by the phone: decimals, and days as YYYY-MM-DD. '' where there is nothing. */
type PlainSpeaker = (subject: CardSubject, facts: CardFacts) => string;

const stampsOf: PlainSpeaker = ({ stamps }) => (stamps ? String(stamps.have) : '');
const depositOf: PlainSpeaker = ({ deposit, currency }) =>
  deposit === null ? '' : toDecimal(deposit, currencyDigits(currency));

const plainNumbers: Readonly<Record<string, PlainSpeaker>> = {
  CustomField2: stampsOf,
  CustomField3: depositOf,
  LoyaltyValue: (subject, facts) => {
    if (subject.discount !== null) return toDecimal(subject.discount, 2);
    return subject.stamps?.alone ? stampsOf(subject, facts) : toDecimal(subject.available, POINTS_SCALE);
  },
  LoyaltyValue2: ({ turnover, currency }) => toDecimal(turnover, currencyDigits(currency)),
  PendingValue: ({ pending }) => (pending > 0n ? toDecimal(pending, POINTS_SCALE) : ''),
  Stamps: stampsOf,
  StampsGoal: ({ stamps }) => (stamps ? String(stamps.slots) : ''),
  StampsLeft: ({ stamps }) => (stamps ? String(stamps.left) : ''),
  Deposit: depositOf,
  ExpiringValue: ({ nextExpiry }) => (nextExpiry ? toDecimal(nextExpiry.amount, POINTS_SCALE) : ''),
};

const plainDates: Readonly<Record<string, PlainSpeaker>> = {
  BirthDate: ({ birthday }) => birthday ?? '',
  ExpirationDate: (_subject, { expiresOn }) => expiresOn ?? '',
  ExpiringDate: ({ nextExpiry, timeZone }) =>
    nextExpiry ? nextExpiry.at.toZonedDateTimeISO(timeZone).toPlainDate().toString() : '',
};

const plainSpeakers = { ...plainNumbers, ...plainDates };

/** What a phone can write in its owner's way. */
export const kindOfVariable = (name: string): 'text' | 'number' | 'date' => {
  if (Object.hasOwn(plainNumbers, name)) return 'number';
  return Object.hasOwn(plainDates, name) ? 'date' : 'text';
};

/** Variables that come from the card itself: never kept in a snapshot, since they never change. */
export const identityVariables = ['Serial', 'Token', 'GUID'] as const;

/** Variables that stand for another field of the same card, by group and place. */
const references: Readonly<Record<string, readonly [group: (typeof fieldGroups)[number], index: number]>> = {
  ...numbered('Header', 'header', 3),
  ...numbered('Primary', 'primary', 2),
  ...numbered('Second', 'secondary', 4),
  ...numbered('Auxiliary', 'auxiliary', 5),
  ...numbered('Back', 'back', 30),
};

function numbered(name: string, group: (typeof fieldGroups)[number], count: number) {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`${name}${index + 1}`, [group, index] as const]),
  );
}

/** The field that a variable such as `Header1` stands for. */
export const referencedField = (name: string): readonly [(typeof fieldGroups)[number], number] | undefined =>
  references[name];

/** All names, without their `#`, in the order of the list that people choose from. */
export const variableNames: readonly string[] = [
  ...identityVariables,
  ...Object.keys(speakers),
  'logo',
  ...Object.keys(references),
];

/** Longer names first: `CustomField2#` is not `CustomField` and a stray `2#`. */
const pattern = new RegExp(`(${[...variableNames].sort((a, b) => b.length - a.length).join('|')})#`, 'g');

/** Writes a template's variables: `tell` gives the text of each name. What is no variable stays as it stands. */
export const fillTemplate = (template: string, tell: (name: string) => string): string =>
  template.replace(pattern, (_, name: string) => tell(name));

/** The names in a template. */
export const variablesIn = (template: string): string[] =>
  [...template.matchAll(pattern)].flatMap(([, name]) => name ?? []);

/** Every template of a card: the card's own where it has one, else the design's. */
function templatesOf(design: DesignBody, ownValues: Readonly<Record<string, string>>, own: OwnThings): string[] {
  const fields = fieldGroups.flatMap((group) => design.fields[group]);
  return [
    ...fields.flatMap(({ key, label, value }) => [label, ownOr(ownValues[key], value)]),
    design.logoText,
    ...(design.barcode ? [ownOr(own.barcodeMessage, design.barcode.message), design.barcode.altText] : []),
    ...(design.nfc ? [ownOr(own.nfcMessage, design.nfc.message)] : []),
    ...(design.poster?.title ? [design.poster.title] : []),
    ...(design.links ?? []).flatMap(({ label, url }) => [label, url]),
    ...(own.news?.url ? [own.news.url] : []),
  ];
}

/** The texts of those variables of guest and account that the design uses: nothing personal is kept beyond need. */
export function takeVariables(
  design: DesignBody,
  ownValues: Readonly<Record<string, string>>,
  subject: CardSubject,
  own: OwnThings = {},
  facts: CardFacts = own,
): Record<string, string> {
  const used = new Set(templatesOf(design, ownValues, own).flatMap(variablesIn));
  const taken = [...used].sort().flatMap((name) => {
    const speak = speakers[name];
    return speak ? [[name, speak(subject, design.language, facts)] as const] : [];
  });
  return Object.fromEntries(taken);
}

/** What one variable of guest and account says; '' for those of the card itself. */
export const tellVariableOf = (
  name: string,
  subject: CardSubject,
  language: Language,
  facts: CardFacts = {},
): string => (Object.hasOwn(speakers, name) ? speakers[name]!(subject, language, facts) : '');

/** The same for fields with a format, as plain numbers and days. */
export function takePlainValues(
  design: DesignBody,
  ownValues: Readonly<Record<string, string>>,
  subject: CardSubject,
  facts: CardFacts,
): Record<string, string> {
  const formatted = fieldGroups.flatMap((group) => design.fields[group].filter(({ format }) => format !== undefined));
  const used = new Set(formatted.flatMap(({ key, value }) => variablesIn(ownOr(ownValues[key], value))));
  const taken = [...used].sort().flatMap((name) => {
    const speak = Object.hasOwn(plainSpeakers, name) ? plainSpeakers[name] : undefined;
    return speak ? [[name, speak(subject, facts)] as const] : [];
  });
  return Object.fromEntries(taken);
}

/** «12 марта 1990», "12 March 1990". */
function formatDate(date: string, language: Language): string {
  return new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
    .format(Date.parse(`${date}T00:00:00Z`))
    .replace(/\sг\.$/, '');
}

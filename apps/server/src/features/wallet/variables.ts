import type { Language } from '@tessera/contract/messages';
import { formatMeasure, formatMoney, formatNumber, formatPhone } from '@tessera/look';
import { type CardSubject, type DesignBody, fieldGroups, type OwnThings, ownOr, POINTS_SCALE } from './model.ts';

/** What a variable's text is made of. */
type Speaker = (subject: CardSubject, language: Language, own: OwnThings) => string;

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
  CustomField3: () => '',
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
  Deposit: ({ deposit, currency }, language) => (deposit === null ? '' : formatMoney(deposit, currency, language)),
  ExpiringValue: ({ nextExpiry }, language) =>
    nextExpiry ? formatNumber(nextExpiry.amount, language, { scale: POINTS_SCALE, wholeOrFull: true }) : '',
  ExpiringDate: ({ nextExpiry, timeZone }, language) =>
    nextExpiry ? formatDate(nextExpiry.at.toZonedDateTimeISO(timeZone).toPlainDate().toString(), language) : '',
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

const names = [...Object.keys(speakers), ...identityVariables, 'logo', ...Object.keys(references)];
/** Longer names first: `CustomField2#` is not `CustomField` and a stray `2#`. */
const pattern = new RegExp(`(${names.sort((a, b) => b.length - a.length).join('|')})#`, 'g');

/** Writes a template's variables: `tell` gives the text of each name. What is no variable stays as it stands. */
export const fillTemplate = (template: string, tell: (name: string) => string): string =>
  template.replace(pattern, (_, name: string) => tell(name));

/** The texts of those variables of guest and account that the design uses: nothing personal is kept beyond need. */
export function takeVariables(
  design: DesignBody,
  ownValues: Readonly<Record<string, string>>,
  subject: CardSubject,
  own: OwnThings = {},
) {
  const used = new Set<string>();
  const note = (template: string) => {
    for (const [, name] of template.matchAll(pattern)) if (name) used.add(name);
  };
  for (const group of fieldGroups) {
    for (const field of design.fields[group]) {
      note(field.label);
      note(ownOr(ownValues[field.key], field.value));
    }
  }
  note(design.logoText);
  if (design.barcode) {
    note(ownOr(own.barcodeMessage, design.barcode.message));
    note(design.barcode.altText);
  }
  const taken = [...used].sort().flatMap((name) => {
    const speak = speakers[name];
    return speak ? [[name, speak(subject, design.language, own)] as const] : [];
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

import { type FieldName, type Fields, LOT_FIELDS, LOTS_MAX, type LotField } from './model.ts';

/** How columns are called in files of other systems, in Russian and English, without case, spaces and signs. */
const names: Readonly<Record<Exclude<FieldName, `${LotField}.${number}`>, readonly string[]>> = {
  phone: ['телефон', 'номертелефона', 'мобильный', 'мобильныйтелефон', 'тел', 'phone', 'phonenumber', 'mobile', 'tel'],
  card: ['карта', 'номеркарты', 'карталояльности', 'дисконтнаякарта', 'card', 'cardnumber', 'loyaltycard'],
  external: [
    'внешнийid',
    'внешнийкод',
    'idгостя',
    'idклиента',
    'кодклиента',
    'externalid',
    'customerid',
    'guestid',
    'clientid',
  ],
  firstName: ['имя', 'firstname', 'givenname', 'first'],
  lastName: ['фамилия', 'lastname', 'surname', 'familyname', 'last'],
  middleName: ['отчество', 'middlename', 'patronymic'],
  fullName: ['фио', 'имяифамилия', 'фамилияимяотчество', 'гость', 'клиент', 'name', 'fullname', 'customer', 'guest'],
  birthday: ['деньрождения', 'датарождения', 'др', 'birthday', 'birthdate', 'dateofbirth', 'dob'],
  sex: ['пол', 'sex', 'gender'],
  email: ['почта', 'элпочта', 'электроннаяпочта', 'email', 'mail', 'emailaddress'],
  level: ['уровень', 'статус', 'статускарты', 'level', 'tier', 'status'],
  turnover: [
    'оборот',
    'суммапокупок',
    'накоплено',
    'сумманакоплений',
    'turnover',
    'totalspent',
    'lifetimespend',
    'spent',
  ],
  key: ['ключстроки', 'кодстроки', 'linekey', 'rowid', 'key'],
  points: [
    'баллы',
    'бонусы',
    'балланс',
    'баланс',
    'остаток',
    'сумма',
    'points',
    'bonus',
    'bonuses',
    'balance',
    'amount',
  ],
  activates: [
    'активны с',
    'активныс',
    'действуютс',
    'датаактивации',
    'начало',
    'activates',
    'activefrom',
    'validfrom',
    'from',
  ],
  expires: [
    'сгорают',
    'сгорание',
    'датасгорания',
    'действуютдо',
    'действительныдо',
    'срок',
    'до',
    'expires',
    'expiry',
    'expiresat',
    'validuntil',
    'until',
  ],
};

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]/gu, '');

/** «Сгорают 2», `lot2_expires`, `points.2`: the field and which lot of the line. */
function readHeading(heading: string): FieldName | null {
  const bare = /^(?:лот|lot|партия)(\d)$/.exec(plain(heading));
  if (bare) return `points.${Number(bare[1])}`;
  const words = plain(heading).replace(/^(?:лот|lot|партия)(\d)(.*)$/, '$2$1');
  const numbered = /^(.*?)(\d)$/.exec(words);
  const base = numbered?.[1] ?? words;
  for (const [field, known] of Object.entries(names)) {
    if (known.includes(words)) return field as FieldName;
    if (!numbered || !known.includes(base)) continue;
    const isLot = LOT_FIELDS.some((one) => one === field);
    const number = Number(numbered[2]);
    if (isLot && number >= 1 && number <= LOTS_MAX) return `${field as LotField}.${number}`;
  }
  return null;
}

/** What each column is likely to say; a field is given to the first column that claims it. */
export function guessFields(headings: readonly string[]): Fields {
  const given = new Set<FieldName>();
  return headings.map((heading) => {
    const field = readHeading(heading);
    if (field === null || given.has(field)) return null;
    given.add(field);
    return field;
  });
}

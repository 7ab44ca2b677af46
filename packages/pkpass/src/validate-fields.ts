import {
  checkShape,
  entriesOf,
  isObject,
  isPassDate,
  type JsonObject,
  joinPath,
  requireText,
  textOf,
} from './json-shape.ts';
import type { PassFieldGroup, PassStyle } from './pass.ts';
import type { ProblemList } from './pass-problem.ts';

/** Groups in drawing order; the key of a field must be unique over all of them. */
export const fieldGroups = [
  'headerFields',
  'primaryFields',
  'secondaryFields',
  'auxiliaryFields',
  'backFields',
  'additionalInfoFields',
  'footerFields',
] as const satisfies PassFieldGroup[];

const groupShape = {
  ...Object.fromEntries(fieldGroups.map((group) => [group, 'array' as const])),
  transitType: 'string',
} as const;

const fieldShape = {
  key: 'string',
  label: 'string',
  attributedValue: 'string',
  changeMessage: 'string',
  dataDetectorTypes: 'array',
  textAlignment: 'string',
  dateStyle: 'string',
  timeStyle: 'string',
  ignoresTimeZone: 'boolean',
  isRelative: 'boolean',
  numberStyle: 'string',
  currencyCode: 'string',
  row: 'number',
  semantics: 'object',
} as const;

const dateStyles = ['None', 'Short', 'Medium', 'Long', 'Full'].map((style) => `PKDateStyle${style}`);
const allowedValues: Readonly<Record<string, readonly string[]>> = {
  textAlignment: ['Left', 'Center', 'Right', 'Natural'].map((side) => `PKTextAlignment${side}`),
  dateStyle: dateStyles,
  timeStyle: dateStyles,
  numberStyle: ['Decimal', 'Percent', 'Scientific', 'SpellOut'].map((style) => `PKNumberStyle${style}`),
};
const detectors = ['PhoneNumber', 'Link', 'Address', 'CalendarEvent'].map((type) => `PKDataDetectorType${type}`);
const transitTypes = ['Air', 'Boat', 'Bus', 'Train', 'Generic'].map((type) => `PKTransitType${type}`);

/** How many fields the front draws (Apple, "Pass Design and Creation"); `middle` is secondary and auxiliary together. */
const shown: Readonly<Record<PassStyle, { header: number; primary: number; middle: number }>> = {
  storeCard: { header: 3, primary: 1, middle: 4 },
  coupon: { header: 3, primary: 1, middle: 4 },
  generic: { header: 3, primary: 1, middle: 8 },
  eventTicket: { header: 3, primary: 1, middle: 8 },
  boardingPass: { header: 3, primary: 2, middle: 9 },
};

/** Checks the dictionary of a style: groups, fields, unique keys, room on the front. */
export function validateStyle(style: string, value: JsonObject, list: ProblemList): void {
  checkShape(value, groupShape, style, list);
  const firstPaths = new Map<string, string>();
  let changeMessages = 0;
  for (const group of fieldGroups) {
    for (const [index, field] of entriesOf(value, group).entries()) {
      const path = `${style}.${group}[${index}]`;
      if (!isObject(field)) {
        list.error(path, 'wrong_type', { expected: 'object' });
        continue;
      }
      validateField(field, group, path, list);
      if (field.changeMessage !== undefined) changeMessages++;
      const key = textOf(field, 'key');
      if (key === undefined) continue;
      const first = firstPaths.get(key);
      if (first === undefined) firstPaths.set(key, path);
      else list.error(`${path}.key`, 'field_key_duplicate', { first });
    }
  }
  if (changeMessages > 1) list.warn(style, 'change_message_several', { count: changeMessages });
  validateRoom(style, value, list);
  if (style === 'boardingPass') validateTransitType(value, list);
}

function validateField(field: JsonObject, group: PassFieldGroup, path: string, list: ProblemList): void {
  // `value` is the one member with two types; it is looked at on its own.
  const { value, ...rest } = field;
  checkShape(rest, fieldShape, path, list);
  requireText(field, 'key', path, list);
  if (value === undefined || value === null) list.error(joinPath(path, 'value'), 'required');
  else if (typeof value !== 'string' && !Number.isFinite(value)) {
    list.error(joinPath(path, 'value'), 'wrong_type', { expected: 'string or number' });
  }
  for (const [key, allowed] of Object.entries(allowedValues)) {
    const text = textOf(field, key);
    if (text !== undefined && !allowed.includes(text)) list.error(joinPath(path, key), 'not_allowed', { value: text });
  }
  for (const detector of entriesOf(field, 'dataDetectorTypes')) {
    if (!detectors.includes(String(detector))) {
      list.error(joinPath(path, 'dataDetectorTypes'), 'not_allowed', { value: String(detector) });
    }
  }
  if (textOf(field, 'changeMessage')?.includes('%@') === false) {
    list.error(joinPath(path, 'changeMessage'), 'change_message_placeholder');
  }
  validateFormat(field, path, list);
  validatePlace(field, group, path, list);
}

/** Currency, number and date styles against each other and against the value. */
function validateFormat(field: JsonObject, path: string, list: ProblemList): void {
  const currency = textOf(field, 'currencyCode');
  const value = field.value;
  if (currency !== undefined && !/^[A-Z]{3}$/.test(currency))
    list.error(joinPath(path, 'currencyCode'), 'currency_format');
  const wantsNumber = field.currencyCode !== undefined || field.numberStyle !== undefined;
  if (field.currencyCode !== undefined && field.numberStyle !== undefined) {
    list.error(path, 'currency_with_number_style');
  }
  const wantsDate = field.dateStyle !== undefined || field.timeStyle !== undefined;
  if (typeof value === 'string' && (wantsNumber || (wantsDate && !isPassDate(value)))) {
    list.error(joinPath(path, 'value'), 'value_style_mismatch');
  }
  if (typeof value === 'number' && wantsDate) list.error(joinPath(path, 'value'), 'value_style_mismatch');
}

function validatePlace(field: JsonObject, group: PassFieldGroup, path: string, list: ProblemList): void {
  if (field.textAlignment !== undefined && (group === 'primaryFields' || group === 'backFields')) {
    list.warn(joinPath(path, 'textAlignment'), 'field_option_ignored');
  }
  if (field.row !== undefined) {
    if (field.row !== 0 && field.row !== 1) list.error(joinPath(path, 'row'), 'out_of_range', { from: 0, to: 1 });
    else if (group !== 'auxiliaryFields') list.warn(joinPath(path, 'row'), 'field_option_ignored');
  }
  const markup = textOf(field, 'attributedValue')?.replace(/<a\s[^<>]*>|<\/a>/gi, '') ?? '';
  if (/<[a-z/!]/i.test(markup)) list.warn(joinPath(path, 'attributedValue'), 'markup_ignored');
}

/** Groups that only some styles draw (Apple, "PassFields"): the section below a poster, and its foot. */
const stylesOfGroup: Readonly<Partial<Record<PassFieldGroup, readonly string[]>>> = {
  additionalInfoFields: ['posterGeneric', 'eventTicket'],
  footerFields: ['posterGeneric'],
};

function validateRoom(style: string, value: JsonObject, list: ProblemList): void {
  for (const [group, styles] of Object.entries(stylesOfGroup)) {
    const count = entriesOf(value, group).length;
    if (count > 0 && !styles.includes(style)) {
      list.warn(joinPath(style, group), 'fields_not_shown', { limit: 0, count });
    }
  }
  const limits = Object.hasOwn(shown, style) ? shown[style as PassStyle] : undefined;
  if (!limits) return;
  const count = (group: PassFieldGroup): number => entriesOf(value, group).length;
  const check = (path: string, found: number, limit: number): void => {
    if (found > limit) list.warn(joinPath(style, path), 'fields_not_shown', { limit, count: found });
  };
  check('headerFields', count('headerFields'), limits.header);
  check('primaryFields', count('primaryFields'), limits.primary);
  check('secondaryFields', count('secondaryFields') + count('auxiliaryFields'), limits.middle);
}

function validateTransitType(value: JsonObject, list: ProblemList): void {
  const type = textOf(value, 'transitType');
  if (value.transitType === undefined) list.error('boardingPass.transitType', 'required');
  else if (type !== undefined && !transitTypes.includes(type)) {
    list.error('boardingPass.transitType', 'not_allowed', { value: type });
  }
}

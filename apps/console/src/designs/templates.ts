import type { DesignBody } from '@tessera/contract';
import type { DraftField, Group, Language, Style } from './draft.ts';

export const TEMPLATES = ['points', 'stamps', 'coupon', 'club', 'ticket', 'plain'] as const;
export type Template = (typeof TEMPLATES)[number];

type Colours = DesignBody['colours'];
type Line = readonly [group: Group, key: string, value: string, spoken?: 'spoken'];

/** What a new design starts from: values are variables, labels are words of the reader's language. */
const templates: Readonly<Record<Template, { style: Style; colours: Colours; lines: readonly Line[] }>> = {
  points: {
    style: 'storeCard',
    colours: { background: '#8f3f1d', foreground: '#fff7ee', label: '#ffd9c2' },
    lines: [
      ['header', 'points', 'LoyaltyValue#', 'spoken'],
      ['secondary', 'guest', 'FirstName# LastName#'],
      ['secondary', 'level', 'Level#'],
      ['auxiliary', 'next', 'NextLevelMissing#'],
      ['back', 'expiring', 'ExpiringValue# · ExpiringDate#'],
      ['back', 'number', 'Serial#'],
    ],
  },
  stamps: {
    style: 'storeCard',
    colours: { background: '#1f4d3a', foreground: '#f4fbf6', label: '#b9e0cb' },
    lines: [
      ['header', 'stamps', 'Stamps# / StampsGoal#', 'spoken'],
      ['secondary', 'left', 'StampsLeft#'],
      ['secondary', 'reward', 'StampsReward#'],
      ['back', 'number', 'Serial#'],
    ],
  },
  coupon: {
    style: 'coupon',
    colours: { background: '#7a2238', foreground: '#fff5f2', label: '#ffc9c2' },
    lines: [
      ['primary', 'offer', ''],
      ['secondary', 'guest', 'FirstName#'],
      ['auxiliary', 'until', 'ExpirationDate#'],
      ['back', 'terms', ''],
    ],
  },
  club: {
    style: 'generic',
    colours: { background: '#20354a', foreground: '#f2f7fb', label: '#a9cbe3' },
    lines: [
      ['header', 'level', 'Level#'],
      ['primary', 'guest', 'FirstName# LastName#'],
      ['secondary', 'points', 'LoyaltyValue#', 'spoken'],
      ['secondary', 'number', 'Serial#'],
    ],
  },
  ticket: {
    style: 'eventTicket',
    colours: { background: '#2b2340', foreground: '#f8f4ff', label: '#cdbdf2' },
    lines: [
      ['header', 'date', ''],
      ['primary', 'event', ''],
      ['secondary', 'guest', 'FirstName# LastName#'],
      ['auxiliary', 'row', ''],
      ['auxiliary', 'seat', ''],
    ],
  },
  plain: {
    style: 'storeCard',
    colours: { background: '#2b2622', foreground: '#ffffff', label: '#d5ccc1' },
    lines: [['header', 'points', 'LoyaltyValue#', 'spoken']],
  },
};

/** Words for a template, by the keys of its fields: a label, and a value where no variable stands. */
export type TemplateWords = (key: string, what: 'label' | 'value' | 'changeMessage') => string;

export const coloursOf = (template: Template): Colours => templates[template].colours;

/** A design to begin with, without its pictures. */
export function templateBody(
  template: Template,
  {
    company,
    language,
    words,
  }: { readonly company: string; readonly language: Language; readonly words: TemplateWords },
): DesignBody {
  const { style, colours, lines } = templates[template];
  const fields: Record<Group, DesignBody['fields'][Group]> = {
    header: [],
    primary: [],
    secondary: [],
    auxiliary: [],
    back: [],
  };
  for (const [group, key, value, spoken] of lines) {
    const field: Pick<DraftField, 'key' | 'label' | 'value'> = {
      key,
      label: words(key, 'label'),
      value: value === '' ? words(key, 'value') : value,
    };
    fields[group].push({ ...field, ...(spoken ? { changeMessage: words(key, 'changeMessage') } : {}) });
  }
  return {
    style,
    language,
    organizationName: company,
    description: company,
    logoText: company,
    colours,
    images: {},
    fields,
    barcode: { format: 'qr', message: 'Serial#', altText: 'Serial#' },
    sharingProhibited: false,
  };
}

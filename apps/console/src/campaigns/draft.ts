import type {
  Campaign,
  CampaignFilter,
  CampaignMessage,
  CampaignPlan,
  CampaignPurpose,
  CampaignScope,
} from '@tessera/contract';
import type { Filters } from '../passes/filter-names.ts';
import { toFilter } from '../passes/queries.ts';
import { readCount } from '../programmes/numbers.ts';

/** A banner in its three sizes, as it was stored. */
type Banner = NonNullable<CampaignMessage['banner']>;

export type ScopeKind = CampaignScope['kind'];
export const SCOPES = ['certificates', 'designs', 'passes'] as const satisfies readonly ScopeKind[];

/** Something that was picked, with what it is called; '' for what only its number is known of. */
export type Picked = { readonly id: number; readonly name: string };

/** A campaign as it is typed. */
export type Draft = {
  /** The key of the campaign that this form makes: however often it is sent, it makes one. */
  readonly key: string;
  readonly purpose: CampaignPurpose;
  readonly scope: ScopeKind;
  /** What was picked under each tab: looking at another one loses nothing. */
  readonly picked: Readonly<Record<ScopeKind, readonly Picked[]>>;
  readonly filters: Filters;
  readonly field: string;
  readonly text: string;
  readonly url: string;
  /** Null: the cards keep theirs. */
  readonly banner: Banner | null;
  readonly quietHours: string;
  /** In the company's time, «2026-11-23T14:00»; '' while nobody has named an hour. */
  readonly at: string;
};

const QUIET_HOURS_MAX = 720;
export const TEXT_MAX = 2_000;
const URL_SIGNS_MAX = 2_000;
/** What the API takes as an address: see `CampaignMessage`. */
const ADDRESS = /^https?:\/\/[^\s"<>\\^`{|}]+$/;

export const newDraft = (key: string, part: Partial<Draft> = {}): Draft => ({
  key,
  purpose: 'advertising',
  scope: 'designs',
  picked: { certificates: [], designs: [], passes: [] },
  filters: {},
  field: 'Back1',
  text: '',
  url: '',
  banner: null,
  quietHours: '24',
  at: '',
  ...part,
});

export type Wrong = 'scope' | 'text' | 'url' | 'quietHours';
type Read = { readonly plan: CampaignPlan; readonly wrong: readonly Wrong[] };

/** The plan that a draft stands for, and what cannot be read of it. */
export function readDraft(draft: Draft): Read {
  const ids = draft.picked[draft.scope].map(({ id }) => id);
  const url = draft.url.trim();
  const quietHours = readCount(draft.quietHours);
  const hasUrl = url !== '' && url.length <= URL_SIGNS_MAX && ADDRESS.test(url);
  const quiet = quietHours !== null && quietHours <= QUIET_HOURS_MAX;
  const wrong: readonly (Wrong | false)[] = [
    ids.length === 0 && 'scope',
    draft.text.trim() === '' && 'text',
    url !== '' && !hasUrl && 'url',
    !quiet && 'quietHours',
  ];
  const plan: CampaignPlan = {
    purpose: draft.purpose,
    scope: scopeOf(draft.scope, ids),
    filter: filterOf(draft.filters),
    message: {
      field: draft.field,
      text: draft.text.trim(),
      ...(hasUrl ? { url } : {}),
      ...(draft.banner ? { banner: draft.banner } : {}),
    },
    quietHours: quiet ? quietHours : 0,
  };
  return { plan, wrong: wrong.filter((name) => name !== false) };
}

function scopeOf(kind: ScopeKind, ids: number[]): CampaignScope {
  if (kind === 'certificates') return { kind, credentialIds: ids };
  if (kind === 'designs') return { kind, designIds: ids };
  return { kind, passIds: ids };
}

/** What a scope names. */
export function idsOf(scope: CampaignScope): readonly number[] {
  if (scope.kind === 'certificates') return scope.credentialIds;
  return scope.kind === 'designs' ? scope.designIds : scope.passIds;
}

function filterOf(filters: Filters): CampaignFilter {
  const { search: _, designId: __, state: ___, credentialId: ____, accountId: _____, ...filter } = toFilter(filters);
  return filter;
}

/** A filter as the fields of the form have it: points as people count them. */
function filtersOf({ pointsOver, ...words }: CampaignFilter): Filters {
  return { ...words, ...(pointsOver === undefined ? {} : { pointsOver: String(Math.round(pointsOver / 100)) }) };
}

/** The same campaign once more, at no hour yet. `nameOf` says what certificates and designs are called. */
export function draftAfter(
  { purpose, scope, filter, message, quietHours }: Campaign,
  key: string,
  nameOf: (kind: ScopeKind, id: number) => string,
): Draft {
  const picked = idsOf(scope).map((id) => ({ id, name: nameOf(scope.kind, id) }));
  return newDraft(key, {
    purpose,
    scope: scope.kind,
    picked: { certificates: [], designs: [], passes: [], [scope.kind]: picked },
    filters: filtersOf(filter),
    field: message.field,
    text: message.text,
    url: message.url ?? '',
    banner: message.banner ?? null,
    quietHours: String(quietHours),
  });
}

const FIRST_HOUR = 9;
const LAST_HOUR = 21;

/** Whether people may be asleep at this local time, «2026-11-23T07:30»: before nine, or from nine in the evening. */
export function isNight(at: string): boolean {
  const hour = Number(at.slice(11, 13));
  return hour < FIRST_HOUR || hour >= LAST_HOUR;
}

/** The noon of the day behind this local moment: an hour to begin with that harms nobody. */
export function nextNoon(now: string): string {
  const day = new Date(`${now.slice(0, 10)}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 1);
  return `${day.toISOString().slice(0, 10)}T12:00`;
}

import type { Rules } from '../rules.ts';
import type { SettingRecord, SettingValue } from './setting-value.ts';
import { isRecord, namesOf, sameSetting } from './setting-value.ts';

/** An item of a list that a setting belongs to: a level, a rule of earning, a wallet, a cell of the matrix. */
export type SettingOwner = {
  /** The list, as `levels`. */
  readonly list: string;
  readonly id: string;
  readonly item: SettingRecord;
};

/** One difference between two versions of the rules. */
export type RuleChange = {
  readonly kind: 'changed' | 'added' | 'removed' | 'reordered';
  /** Where in the draft, as `levels[1].rateBasisPoints`; for what was removed, where in the live version. */
  readonly path: string;
  /** The same without positions, as `levels.rateBasisPoints`: which sentence tells it. */
  readonly setting: string;
  /** Items of lists around the setting, the outermost first. As the draft names them. */
  readonly owners: readonly SettingOwner[];
  /** `null` for what was added, and where there was nothing. */
  readonly before: SettingValue;
  readonly after: SettingValue;
};

/** Settings that people understand as one thing: told whole, not member by member. */
const WHOLE: ReadonlySet<string> = new Set([
  'expiry',
  'wallets.expiry',
  'activationDelay',
  'earning.rules.terms.expiry',
  'earning.rules.terms.activationDelay',
  'welcome',
  'birthday',
  'returnPolicy.shortage',
  'returnPolicy.expiredLot',
  'earning.checkSize',
  'earning.rules.items',
  'earning.rules.effect',
  'earning.rules.condition.hours',
  'wallets.earn',
  'wallets.milestones.reward',
]);

/**
 * What changes when `draft` takes the place of `live`: every field of the rules is compared, also those that nobody has
 * written a sentence for. Only the number of the version is no change. Items of lists are told apart by their ids.
 */
export function compareRules(live: Rules, draft: Rules): readonly RuleChange[] {
  const { id: _live, ...before } = live;
  const { id: _draft, ...after } = draft;
  const changes: RuleChange[] = [];
  // Rules are data through and through; the type only forgets the names of their members.
  const place: Place = { path: '', setting: '', owners: [] };
  compareRecords(place, before as unknown as SettingRecord, after as unknown as SettingRecord, changes);
  return changes;
}

type Place = Pick<RuleChange, 'path' | 'setting' | 'owners'>;

function compareRecords(place: Place, before: SettingRecord, after: SettingRecord, changes: RuleChange[]): void {
  for (const name of namesOf(before, after)) {
    const inside: Place = {
      path: place.path === '' ? name : `${place.path}.${name}`,
      setting: place.setting === '' ? name : `${place.setting}.${name}`,
      owners: place.owners,
    };
    compareValues(inside, before[name] ?? null, after[name] ?? null, changes);
  }
}

function compareValues(place: Place, before: SettingValue, after: SettingValue, changes: RuleChange[]): void {
  if (sameSetting(before, after)) return;
  if (!WHOLE.has(place.setting)) {
    if (isRecord(before) && isRecord(after) && before.kind === after.kind) {
      compareRecords(place, before, after, changes);
      return;
    }
    const lists = Array.isArray(before) && Array.isArray(after) ? itemsOf(before, after) : null;
    if (lists !== null) {
      compareLists(place, lists, changes);
      return;
    }
  }
  changes.push({ kind: 'changed', ...place, before, after });
}

type Items = ReadonlyMap<string, { readonly item: SettingRecord; readonly index: number }>;
type ItemLists = { readonly before: Items; readonly after: Items };

/** Lists of items that can be told apart; `null` for lists that are compared as a whole. */
function itemsOf(before: readonly SettingValue[], after: readonly SettingValue[]): ItemLists | null {
  const lists = [before, after].map((list) => {
    const items = new Map<string, { item: SettingRecord; index: number }>();
    list.forEach((item, index) => {
      const id = isRecord(item) ? identityOf(item) : null;
      if (id !== null) items.set(id, { item: item as SettingRecord, index });
    });
    return items.size === list.length ? items : null;
  });
  const [first, second] = lists;
  return first && second ? { before: first, after: second } : null;
}

/** What an item is known by: its id, its slot on the card, or who agreed with whom. */
function identityOf(item: SettingRecord): string | null {
  if (typeof item.id === 'string') return item.id;
  if (typeof item.at === 'number') return String(item.at);
  if ('venue' in item) return JSON.stringify([item.level ?? null, item.venue]);
  if ('redeemer' in item) return JSON.stringify([item.issuer ?? null, item.redeemer]);
  return null;
}

function compareLists(place: Place, { before, after }: ItemLists, changes: RuleChange[]): void {
  const inside = (id: string, item: SettingRecord, index: number): Place => ({
    path: `${place.path}[${index}]`,
    setting: place.setting,
    owners: [...place.owners, { list: place.setting, id, item }],
  });
  for (const [id, { item, index }] of before) {
    if (!after.has(id)) changes.push({ kind: 'removed', ...inside(id, item, index), before: item, after: null });
  }
  for (const [id, { item, index }] of after) {
    const old = before.get(id);
    if (old === undefined) changes.push({ kind: 'added', ...inside(id, item, index), before: null, after: item });
    else if (old.item.kind === item.kind) compareRecords(inside(id, item, index), old.item, item, changes);
    else changes.push({ kind: 'changed', ...inside(id, item, index), before: old.item, after: item });
  }
  const order = (one: Items, other: Items): readonly string[] => [...one.keys()].filter((id) => other.has(id));
  const [was, is] = [order(before, after), order(after, before)];
  if (!sameSetting(was, is)) changes.push({ kind: 'reordered', ...place, before: was, after: is });
}

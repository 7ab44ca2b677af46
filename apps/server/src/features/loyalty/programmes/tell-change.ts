import type { RuleChangeText, RulesProblemText } from '@tessera/contract';
import type { RuleChange, SettingOwner } from '@tessera/loyalty';
import type { RulesCheck } from './check-rules.ts';
import { tellValue } from './tell-value.ts';
import { capitalised, dayOf, percentOf, type Telling, tell, textOf, withPercent } from './telling.ts';

const keyOf = (setting: string): string => setting.replaceAll('.', '_');

/**
 * A change in one sentence: «С 1 декабря гости «Золото» получают 7 % вместо 5 %». A setting without a sentence of its
 * own is told by its name and its two values, so that nothing that changes is left out.
 * @param levelNames names of the draft's levels by id
 */
export function tellChange(
  change: RuleChange,
  telling: Telling,
  { from, levelNames }: { from: Temporal.Instant | null; levelNames: ReadonlyMap<string, string> },
): RuleChangeText {
  const sentence = sentenceOf(change, telling, levelNames);
  const date = from === null ? null : dayOf(from, telling);
  const text = date === null ? capitalised(sentence, telling) : tell(telling, 'from', { date, sentence });
  return { path: change.path, kind: change.kind, text };
}

function sentenceOf(change: RuleChange, telling: Telling, levelNames: ReadonlyMap<string, string>): string {
  const { kind, setting, owners } = change;
  const before = tellValue(setting, change.before, telling);
  const after = tellValue(setting, change.after, telling);
  const owner = owners.at(-1);
  const params = {
    owner: owner ? nameOf(owner, telling, levelNames) : '',
    before: before ?? '',
    after: after ?? '',
    ...(owner ? itemParams(owner, telling) : {}),
  };
  const ending = kind === 'added' || kind === 'removed' ? `_${kind}` : '';
  const gone = change.before === null ? '_set' : change.after === null ? '_unset' : '';
  const own = textOf(telling, `sentence.${keyOf(setting)}${ending || gone}`, { ...params, currency: telling.currency });
  const needsValues = ending === '' && gone === '' && (before === null || after === null);
  if (own !== null && kind !== 'reordered' && !needsValues) return own;
  const label = labelOf(setting, owners, telling, levelNames);
  if (kind !== 'changed') return tell(telling, `change.${kind}`, { ...params, label });
  const generic = needsValues || before === null || after === null ? 'whole' : gone === '' ? 'changed' : gone.slice(1);
  return tell(telling, `change.${generic}`, { ...params, label });
}

/** «Золото»; of a cell of the matrix its level and venue. */
function nameOf({ id, item }: SettingOwner, telling: Telling, levelNames: ReadonlyMap<string, string>): string {
  if (typeof item.name === 'string') return item.name;
  if (!('venue' in item)) return id;
  const level = typeof item.level === 'string' ? (levelNames.get(item.level) ?? item.level) : null;
  return tell(telling, 'cell', {
    level: level === null ? tell(telling, 'anyLevel') : level,
    venue: typeof item.venue === 'string' ? item.venue : tell(telling, 'anyVenue'),
  });
}

function itemParams({ item }: SettingOwner, telling: Telling): Record<string, string> {
  const rate = item.rateBasisPoints ?? item.basisPoints;
  return {
    ...(typeof rate === 'number' ? { rate: withPercent(rate, telling) } : {}),
    ...(typeof item.fromTurnover === 'bigint'
      ? { from: tellValue('levels.fromTurnover', item.fromTurnover, telling) ?? '' }
      : {}),
  };
}

/** «Кофе утром»: чек от. */
function labelOf(
  setting: string,
  owners: readonly SettingOwner[],
  telling: Telling,
  levelNames: ReadonlyMap<string, string>,
): string {
  const label = textOf(telling, `label.${keyOf(setting)}`) ?? setting;
  const names = owners.map((owner) => `«${nameOf(owner, telling, levelNames)}»`);
  return [...names, label].join(', ');
}

/** What is wrong with a draft, each with its place and a sentence. */
export function tellProblems(check: RulesCheck, telling: Telling): RulesProblemText[] {
  if (!check.ok) {
    return check.unreadable.map(({ path, code, expected }) => {
      const setting = path.replace(/\[\d+\]/g, '');
      const label = capitalised(textOf(telling, `label.${keyOf(setting)}`) ?? path, telling);
      return { path, code, severity: 'error', text: tell(telling, `problem.${code}`, { label, path, expected }) };
    });
  }
  return check.contradictions.map(({ path, code, severity, params }) => {
    const values: Record<string, unknown> = { ...params };
    for (const name of ['rate', 'belowRate']) {
      if (typeof params[name] === 'number') values[name] = percentOf(params[name], telling);
    }
    for (const [name, value] of Object.entries(values)) if (typeof value === 'bigint') values[name] = String(value);
    return { path, code, severity, text: tell(telling, `problem.${code}`, values) };
  });
}

import type { Expiry } from './expiry.ts';
import { levelOf } from './levels/climb.ts';
import type { LevelOutcome } from './levels/pin.ts';
import type { Operation } from './operation.ts';
import { record } from './operation.ts';
import type { Refusal } from './refusal.ts';
import { refusal } from './refusal.ts';

/** What an account begins with by the template of its group. The first command of an account's life. */
export type Begin = {
  readonly kind: 'begin';
  /** The group's name, for the sentence. */
  readonly group: string;
  /** Instead of the lowest one; it falls as any level does. */
  readonly level?: string | undefined;
  /** When points of this account burn, in the place of the programme's own term, for all of its life. */
  readonly expiry?: Expiry | undefined;
};

/** Writes what a group gives; nothing where it gives neither. Refuses `unknown_level`, and an account that has begun. */
export function begin(operation: Operation, { group, level: wanted, expiry }: Begin): LevelOutcome | Refusal {
  const { state, rules } = operation;
  const level = wanted === undefined ? null : (rules.levels.find(({ id }) => id === wanted) ?? null);
  if (wanted !== undefined && level === null) return refusal('unknown_level', { level: wanted });
  if (state.nextEntryId > 1) return refusal('value_invalid', { field: 'state', value: state.nextEntryId });
  const before = levelOf(state, rules).id;
  if (level !== null || expiry !== undefined) {
    record(operation, {
      kind: 'begin',
      ...(level === null ? {} : { level: level.id }),
      ...(expiry === undefined ? {} : { ownExpiry: expiry }),
      texts: { group, ...(level === null ? {} : { toName: level.name }) },
    });
  }
  return { kind: 'level', levelBefore: before, levelAfter: level?.id ?? before, pinned: null };
}

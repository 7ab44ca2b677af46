import type { AccountState } from './account.ts';
import type { Operation } from './operation.ts';
import { record } from './operation.ts';
import type { Level, Rules } from './rules.ts';

/** Position of the highest level whose bound the turnover has reached; bounds are inclusive. */
function deservedIndex(turnover: bigint, levels: readonly Level[]): number {
  let index = 0;
  for (let next = 1; next < levels.length; next++) {
    if (turnover >= levels[next]!.fromTurnover) index = next;
  }
  return index;
}

function indexOfLevel(id: string | null, levels: readonly Level[]): number {
  return id === null ? 0 : levels.findIndex((level) => level.id === id);
}

/** The level an account stands on. One that was removed from the rules gives way to the level deserved now. */
export function levelOf(state: AccountState, rules: Rules): Level {
  const index = indexOfLevel(state.level, rules.levels);
  return rules.levels[index === -1 ? deservedIndex(state.turnover, rules.levels) : index]!;
}

export type NextLevel = { readonly level: Level; readonly missingTurnover: bigint };

/** The next higher level and how much turnover it still takes; `null` on the highest. */
export function nextLevelOf(state: AccountState, rules: Rules): NextLevel | null {
  const current = levelOf(state, rules);
  const level = rules.levels[rules.levels.indexOf(current) + 1];
  if (level === undefined) return null;
  const missing = level.fromTurnover - state.turnover;
  return { level, missingTurnover: missing > 0n ? missing : 0n };
}

/** Raises the level to what the turnover deserves. It is never lowered here: only a return does that. */
export function raiseLevel(operation: Operation, checkId: string | null, parents: readonly number[]): void {
  const { state, rules } = operation;
  const current = indexOfLevel(state.level, rules.levels);
  const deserved = deservedIndex(state.turnover, rules.levels);
  if (deserved > current) changeLevel(operation, rules.levels[deserved]!, checkId, parents);
}

/**
 * After a return the level is judged at once by the turnover that is left, but never below the level that held
 * before the sale, and never upwards.
 */
export function lowerLevelAfterReturn(
  operation: Operation,
  levelBeforeSale: string | null,
  checkId: string,
  parents: readonly number[],
): void {
  const { state, rules } = operation;
  const current = indexOfLevel(state.level, rules.levels);
  const floor = Math.max(indexOfLevel(levelBeforeSale, rules.levels), 0);
  const next = Math.max(deservedIndex(state.turnover, rules.levels), floor);
  if (next < current) changeLevel(operation, rules.levels[next]!, checkId, parents);
}

function changeLevel(operation: Operation, level: Level, checkId: string | null, parents: readonly number[]): void {
  const from = operation.state.level ?? operation.rules.levels[0]!.id;
  record(operation, {
    kind: 'level_change',
    checkId,
    level: level.id,
    parents,
    numbers: { turnover: operation.state.turnover, fromTurnover: level.fromTurnover },
    texts: { from, to: level.id },
  });
}

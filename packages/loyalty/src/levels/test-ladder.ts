import { levelOf, nextLevelOf } from '../index.ts';
import { startStory, units } from '../test-story.ts';

/** Levels `tier-1`, `tier-2`, … from these amounts of money or points, at 3 %, 5 %, 7 %, …. Only for tests. */
export const ladderOf = (...bounds: readonly number[]) =>
  bounds.map((bound, index) => ({
    id: `tier-${index + 1}`,
    name: `Tier ${index + 1}`,
    fromTurnover: Number(units(bound)),
    rateBasisPoints: 300 + 200 * index,
  }));
export const THREE = ladderOf(0, 10_000, 30_000);

/** One account on its way up and down a ladder. Only for tests. */
export const startLadder = (settings: Record<string, unknown>, day = '2026-01-10') => {
  const story = startStory({ levels: THREE, ...settings }, day);
  return {
    ...story,
    buy: (checkId: string, amount: number) => story.sell(checkId, { total: units(amount) }),
    level: () => levelOf(story.state(), story.rules).id,
    missing: () => nextLevelOf(story.state(), story.rules, story.now())?.missing ?? null,
    why: () => story.entries.findLast(({ kind }) => kind === 'level_change')?.explain.texts.why,
  };
};

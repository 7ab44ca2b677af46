export type { NextLevel } from './climb.ts';
export { graceOf, levelOf, nextLevelOf } from './climb.ts';
export { measureOf, remembersLadder } from './measure.ts';
export { dateOf } from './periods.ts';
export type { Join, LevelOutcome, PinLevel, UnpinLevel } from './pin.ts';
export type { Downgrade, Ladder, LadderPeriod, LadderWindow, LevelUpgrade, Measure } from './settings.ts';
export { DOWNGRADES, LADDER_PERIODS, LEVEL_UPGRADES, MEASURES } from './settings.ts';
export type { LadderChange, LadderCount, LadderState, LevelPin } from './standing.ts';

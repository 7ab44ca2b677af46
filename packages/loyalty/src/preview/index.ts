export type { RuleChange, SettingOwner } from './compare-rules.ts';
export { compareRules } from './compare-rules.ts';
export type { Contradiction, ContradictionCode } from './contradiction.ts';
export { CONTRADICTION_CODES } from './contradiction.ts';
export { findContradictions } from './contradictions.ts';
export type { ProgrammeKind, ProgrammeKindName } from './programme-kinds.ts';
export { PROGRAMME_KINDS, programmeKindName } from './programme-kinds.ts';
export type { SettingRecord, SettingValue } from './setting-value.ts';

/** Sets of cards ("pass bundles"): what the rest of this feature, and its face, take from here. */
export { downloadSet } from './download-set.ts';
export type { PassSet, SetLink, SetWay } from './model.ts';
export { giveSetLink, type OpenedSet, openSet, type ProgrammeOfAccount } from './open-set.ts';
export { type SetRoutesOptions, setRoutes } from './sets.routes.ts';
export { countOpening } from './sets.store.ts';

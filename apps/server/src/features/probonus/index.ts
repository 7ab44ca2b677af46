export { probonusRoutes } from './routes.ts';
export { forgetComparisons } from './shadow/forget.store.ts';
export type { ProbonusPlatform } from './v0.ts';

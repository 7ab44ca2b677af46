export { probonusRoutes } from './routes.ts';
export type { ProbonusPlatform } from './v0.ts';

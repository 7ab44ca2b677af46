export type { PrivacyPlatform } from './privacy-platform.ts';
export { privacyRoutes } from './routes.ts';
export { privacyJobs } from './tasks.ts';

export type { ImportsPlatform } from './check-import.ts';
export { forgetRejects } from './forget.store.ts';
export { importsRoutes } from './routes.ts';
export { importsJobs } from './tasks.ts';

export type { ImportsPlatform } from './check-import.ts';
export { importsRoutes } from './routes.ts';
export { importsJobs } from './tasks.ts';

export { importsJobs } from './tasks.ts';

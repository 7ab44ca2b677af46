export { countCards } from './count-cards.ts';
export { statisticsRoutes } from './statistics.routes.ts';
export { type ReportsPlatform, reportsJobs } from './tasks.ts';
export { transactionRoutes } from './transactions.routes.ts';

export { findMemberByText, findTillGuest, type TillPlatform } from './find-guest.ts';
export { tillJobs } from './queue/tasks.ts';
export { tillRoutes } from './routes.ts';

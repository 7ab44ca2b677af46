export { identify } from './authorise/identify.ts';
export type { AuthorisePlatform, PinBot } from './authorise/platform.ts';
export { authoriseRoutes } from './authorise/routes.ts';
export { authoriseJobs } from './authorise/send-pin.ts';
export { findMemberByText, findTillGuest, type TillPlatform } from './find-guest.ts';
export { forgetQueries } from './queue/forget.store.ts';
export { tillJobs } from './queue/tasks.ts';
export { tillRoutes } from './routes.ts';
export { stationApiRoutes } from './self/routes.ts';

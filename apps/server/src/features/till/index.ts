export { findMemberByText, findTillGuest, type TillPlatform } from './find-guest.ts';
export { tillRoutes } from './routes.ts';

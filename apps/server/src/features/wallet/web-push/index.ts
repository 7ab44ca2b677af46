export { openWebPush } from './open-web-push.ts';
export { webPushRoutes } from './routes.ts';
export { sendWebPush, tellBrowsersOf, type WebPushInput } from './send-web-push.ts';
export { webPushJobs } from './tasks.ts';

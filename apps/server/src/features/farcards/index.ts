export { farCardsRoutes } from './routes.ts';
export { farCardsSettingsRoutes } from './settings.routes.ts';
export { createFarCardsCallers } from './settings.ts';

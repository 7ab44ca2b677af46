export { farCardsRoutes } from './routes.ts';
export { farCardsSettingsRoutes } from './settings.routes.ts';
export { farCardsOf, saveFarCards } from './settings.ts';

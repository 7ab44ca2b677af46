export type { CampaignsPlatform } from './campaigns-platform.ts';
export { forgetCampaigns } from './forget-campaigns.ts';
export { campaignRoutes } from './routes.ts';
export { campaignJobs } from './tasks.ts';

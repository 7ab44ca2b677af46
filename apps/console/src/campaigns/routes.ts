import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { textsIn } from '../app/address.ts';
import { rooms } from '../app/door.tsx';
import { loadRoomTexts } from '../app/language.ts';
import { beginnings } from './beginnings.ts';

const room = createRoute({
  getParentRoute: () => rooms,
  path: '/campaigns',
  // The filter is that of the cards, variables and pictures are those of designs.
  beforeLoad: () => Promise.all([loadRoomTexts('campaigns'), loadRoomTexts('passes'), loadRoomTexts('designs')]),
});

const campaigns = createRoute({
  getParentRoute: () => room,
  path: '/',
  component: lazyRouteComponent(() => import('./campaigns-page.tsx'), 'CampaignsPage'),
});
const newCampaign = createRoute({
  getParentRoute: () => room,
  path: '/new',
  validateSearch: (search) => textsIn(search, beginnings),
  component: lazyRouteComponent(() => import('./new-campaign-page.tsx'), 'NewCampaignPage'),
});
const campaign = createRoute({
  getParentRoute: () => room,
  path: '/$campaignId',
  component: lazyRouteComponent(() => import('./campaign-page.tsx'), 'CampaignPage'),
});

/** Mailings over the cards of guests: the history, a new one, one that was planned or sent. */
export const campaignsRoutes = [room.addChildren([campaigns, newCampaign, campaign])] as const;

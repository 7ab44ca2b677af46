import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { choiceIn } from '../app/address.ts';
import { rooms } from '../app/door.tsx';
import { loadRoomTexts } from '../app/language.ts';

const texts = () => loadRoomTexts('sets');

const sets = createRoute({
  getParentRoute: () => rooms,
  path: '/sets',
  beforeLoad: texts,
  validateSearch: (search) => choiceIn(search, 'archived', ['yes']),
  component: lazyRouteComponent(() => import('./sets-page.tsx'), 'SetsPage'),
});
const set = createRoute({
  getParentRoute: () => rooms,
  path: '/sets/$bundleId',
  beforeLoad: texts,
  component: lazyRouteComponent(() => import('./set-page.tsx'), 'SetPage'),
});
const sharing = createRoute({
  getParentRoute: () => rooms,
  path: '/sharing',
  beforeLoad: () => Promise.all([texts(), loadRoomTexts('passes')]),
  component: lazyRouteComponent(() => import('./sharing-page.tsx'), 'SharingPage'),
});
const places = createRoute({
  getParentRoute: () => rooms,
  path: '/places',
  beforeLoad: texts,
  component: lazyRouteComponent(() => import('./places-page.tsx'), 'PlacesPage'),
});

/** Sets of cards, cards on many devices, venues on the map. */
export const setsRoutes = [sets, set, sharing, places] as const;

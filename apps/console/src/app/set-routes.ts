import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rooms } from './door.tsx';
import { loadRoomTexts } from './language.ts';

/** Sets of cards, cards on many devices, venues on the map. */
const sets = createRoute({
  getParentRoute: () => rooms,
  path: '/sets',
  beforeLoad: () => loadRoomTexts('sets'),
  validateSearch: (search: Record<string, unknown>): { archived?: 'yes' } =>
    search.archived === 'yes' ? { archived: 'yes' } : {},
  component: lazyRouteComponent(() => import('../sets/sets-page.tsx'), 'SetsPage'),
});
const set = createRoute({
  getParentRoute: () => rooms,
  path: '/sets/$bundleId',
  beforeLoad: () => loadRoomTexts('sets'),
  component: lazyRouteComponent(() => import('../sets/set-page.tsx'), 'SetPage'),
});

const sharing = createRoute({
  getParentRoute: () => rooms,
  path: '/sharing',
  beforeLoad: () => loadRoomTexts('sets'),
  component: lazyRouteComponent(() => import('../sets/sharing-page.tsx'), 'SharingPage'),
});
const places = createRoute({
  getParentRoute: () => rooms,
  path: '/places',
  beforeLoad: () => loadRoomTexts('sets'),
  component: lazyRouteComponent(() => import('../sets/places-page.tsx'), 'PlacesPage'),
});

export const setRoutes = [sets, set, sharing, places] as const;

import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rooms } from './door.tsx';
import { loadRoomTexts } from './language.ts';

/** Sets of cards: the list, and one with its links. */
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

export const setRoutes = [sets, set] as const;

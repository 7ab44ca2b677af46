import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rooms } from './door.tsx';
import { loadRoomTexts } from './language.ts';

/** The room of tills: a tab a page. */
const room = createRoute({ getParentRoute: () => rooms, path: '/tills', beforeLoad: () => loadRoomTexts('tills') });

const stations = createRoute({
  getParentRoute: () => room,
  path: '/',
  component: lazyRouteComponent(() => import('../tills/stations/stations-page.tsx'), 'StationsPage'),
});
const staff = createRoute({
  getParentRoute: () => room,
  path: '/staff',
  component: lazyRouteComponent(() => import('../tills/staff/staff-page.tsx'), 'StaffPage'),
});
const rKeeper = createRoute({
  getParentRoute: () => room,
  path: '/r-keeper',
  component: lazyRouteComponent(() => import('../tills/r-keeper/r-keeper-page.tsx'), 'RKeeperPage'),
});

export const tills = room.addChildren([stations, staff, rKeeper]);

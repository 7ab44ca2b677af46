import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { textsIn } from '../app/address.ts';
import { rooms } from '../app/door.tsx';
import { loadRoomTexts } from '../app/language.ts';

const room = createRoute({
  getParentRoute: () => rooms,
  path: '/coalition',
  beforeLoad: () => loadRoomTexts('coalition'),
});

const coalition = createRoute({
  getParentRoute: () => room,
  path: '/',
  validateSearch: (search) => textsIn(search, ['from', 'to', 'one', 'other']),
  component: lazyRouteComponent(() => import('./coalition-page.tsx'), 'CoalitionPage'),
});
const partners = createRoute({
  getParentRoute: () => room,
  path: '/partners',
  component: lazyRouteComponent(() => import('./partners-page.tsx'), 'PartnersPage'),
});

/** What partners of a coalition owe one another. */
export const coalitionRoutes = [room.addChildren([coalition, partners])] as const;

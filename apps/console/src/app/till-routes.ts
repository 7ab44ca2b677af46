import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { rooms } from './door.tsx';
import { loadRoomTexts } from './language.ts';

/** The room of tills: a tab a page. */
const room = createRoute({ getParentRoute: () => rooms, path: '/tills', beforeLoad: () => loadRoomTexts('tills') });

const first = createRoute({
  getParentRoute: () => room,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/tills/r-keeper', replace: true });
  },
});
const rKeeper = createRoute({
  getParentRoute: () => room,
  path: '/r-keeper',
  component: lazyRouteComponent(() => import('../tills/r-keeper/r-keeper-page.tsx'), 'RKeeperPage'),
});

export const tills = room.addChildren([first, rKeeper]);

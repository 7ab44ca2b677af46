import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { choiceIn } from '../app/address.ts';
import { rooms } from '../app/door.tsx';
import { loadRoomTexts } from '../app/language.ts';

const room = createRoute({
  getParentRoute: () => rooms,
  path: '/programmes',
  beforeLoad: () => loadRoomTexts('programmes'),
});

const programmes = createRoute({
  getParentRoute: () => room,
  path: '/',
  component: lazyRouteComponent(() => import('./programmes-page.tsx'), 'ProgrammesPage'),
});
const newProgramme = createRoute({
  getParentRoute: () => room,
  path: '/new',
  component: lazyRouteComponent(() => import('./new-programme-page.tsx'), 'NewProgrammePage'),
});
const groups = createRoute({
  getParentRoute: () => room,
  path: '/groups',
  component: lazyRouteComponent(() => import('./groups-page.tsx'), 'GroupsPage'),
});
const programme = createRoute({
  getParentRoute: () => room,
  path: '/$programmeId',
  validateSearch: (search) => choiceIn(search, 'view', ['versions']),
  component: lazyRouteComponent(() => import('./programme-page.tsx'), 'ProgrammePage'),
});

/** Loyalty programmes and groups of accounts. */
export const programmesRoutes = [room.addChildren([programmes, newProgramme, groups, programme])] as const;

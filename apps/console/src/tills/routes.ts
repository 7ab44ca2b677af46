import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { choiceIn, text } from '../app/address.ts';
import { rooms } from '../app/door.tsx';
import { loadRoomTexts } from '../app/language.ts';

const room = createRoute({ getParentRoute: () => rooms, path: '/tills', beforeLoad: () => loadRoomTexts('tills') });

const stations = createRoute({
  getParentRoute: () => room,
  path: '/',
  component: lazyRouteComponent(() => import('./stations/stations-page.tsx'), 'StationsPage'),
});
const staff = createRoute({
  getParentRoute: () => room,
  path: '/staff',
  component: lazyRouteComponent(() => import('./staff/staff-page.tsx'), 'StaffPage'),
});
const late = createRoute({
  getParentRoute: () => room,
  path: '/offline',
  component: lazyRouteComponent(() => import('./late/late-page.tsx'), 'LatePage'),
});
const codes = createRoute({
  getParentRoute: () => room,
  path: '/codes',
  component: lazyRouteComponent(() => import('./codes/codes-page.tsx'), 'CodesPage'),
});
const ranges = createRoute({
  getParentRoute: () => room,
  path: '/cards',
  component: lazyRouteComponent(() => import('./cards/ranges-page.tsx'), 'RangesPage'),
});
const newRange = createRoute({
  getParentRoute: () => room,
  path: '/cards/new',
  component: lazyRouteComponent(() => import('./cards/new-range-page.tsx'), 'NewRangePage'),
});
const range = createRoute({
  getParentRoute: () => room,
  path: '/cards/$rangeId',
  validateSearch: (search) => choiceIn(search, 'state', ['free', 'active', 'blocked']),
  component: lazyRouteComponent(() => import('./cards/range-page.tsx'), 'RangePage'),
});
const rKeeper = createRoute({
  getParentRoute: () => room,
  path: '/r-keeper',
  component: lazyRouteComponent(() => import('./r-keeper/r-keeper-page.tsx'), 'RKeeperPage'),
});
const sms = createRoute({
  getParentRoute: () => room,
  path: '/sms',
  component: lazyRouteComponent(() => import('./sms/sms-page.tsx'), 'SmsPage'),
});

const probonus = createRoute({
  getParentRoute: () => room,
  path: '/probonus',
  validateSearch: (search): { method?: string } => {
    const method = text(search.method)?.slice(0, 100);
    return method ? { method } : {};
  },
  component: lazyRouteComponent(() => import('./probonus/probonus-page.tsx'), 'ProbonusPage'),
});

/** The room of tills: a tab a page. */
export const tillsRoutes = [
  room.addChildren([stations, staff, late, codes, ranges, newRange, range, rKeeper, probonus, sms]),
] as const;

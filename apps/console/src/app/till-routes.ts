import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { oneOf, rooms, text } from './door.tsx';
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
const late = createRoute({
  getParentRoute: () => room,
  path: '/offline',
  component: lazyRouteComponent(() => import('../tills/late/late-page.tsx'), 'LatePage'),
});
const codes = createRoute({
  getParentRoute: () => room,
  path: '/codes',
  component: lazyRouteComponent(() => import('../tills/codes/codes-page.tsx'), 'CodesPage'),
});
const ranges = createRoute({
  getParentRoute: () => room,
  path: '/cards',
  component: lazyRouteComponent(() => import('../tills/cards/ranges-page.tsx'), 'RangesPage'),
});
const newRange = createRoute({
  getParentRoute: () => room,
  path: '/cards/new',
  component: lazyRouteComponent(() => import('../tills/cards/new-range-page.tsx'), 'NewRangePage'),
});
const states = ['free', 'active', 'blocked'] as const;
const range = createRoute({
  getParentRoute: () => room,
  path: '/cards/$rangeId',
  validateSearch: (search: Record<string, unknown>): { state?: (typeof states)[number] } => {
    const state = oneOf(states, search.state);
    return state ? { state } : {};
  },
  component: lazyRouteComponent(() => import('../tills/cards/range-page.tsx'), 'RangePage'),
});
const rKeeper = createRoute({
  getParentRoute: () => room,
  path: '/r-keeper',
  component: lazyRouteComponent(() => import('../tills/r-keeper/r-keeper-page.tsx'), 'RKeeperPage'),
});
const sms = createRoute({
  getParentRoute: () => room,
  path: '/sms',
  component: lazyRouteComponent(() => import('../tills/sms/sms-page.tsx'), 'SmsPage'),
});

const probonus = createRoute({
  getParentRoute: () => room,
  path: '/probonus',
  validateSearch: (search: Record<string, unknown>): { method?: string } => {
    const method = text(search.method)?.slice(0, 100);
    return method ? { method } : {};
  },
  component: lazyRouteComponent(() => import('../tills/probonus/probonus-page.tsx'), 'ProbonusPage'),
});

export const tills = room.addChildren([stations, staff, late, codes, ranges, newRange, range, rKeeper, probonus, sms]);

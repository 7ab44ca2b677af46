import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { textsIn } from '../app/address.ts';
import { rooms } from '../app/door.tsx';

const account = createRoute({
  getParentRoute: () => rooms,
  path: '/accounts/$accountId',
  component: lazyRouteComponent(() => import('./account-page.tsx'), 'AccountPage'),
});
const overview = createRoute({
  getParentRoute: () => account,
  path: '/',
  component: lazyRouteComponent(() => import('./overview.tsx'), 'Overview'),
});
const entries = createRoute({
  getParentRoute: () => account,
  path: '/entries',
  component: lazyRouteComponent(() => import('./entries.tsx'), 'Entries'),
});
const checks = createRoute({
  getParentRoute: () => account,
  path: '/checks',
  validateSearch: (search) => textsIn(search, ['check']),
  component: lazyRouteComponent(() => import('./checks.tsx'), 'Checks'),
});

/** One account: a tab a page. */
export const accountRoutes = [account.addChildren([overview, entries, checks])] as const;

import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { accountRoutes } from '../account/routes.ts';
import { accountsRoutes } from '../accounts/routes.ts';
import { queryString } from '../api/http.ts';
import { campaignsRoutes } from '../campaigns/routes.ts';
import { certificatesRoutes } from '../certificates/routes.ts';
import { coalitionRoutes } from '../coalition/routes.ts';
import { couponsRoutes } from '../coupons/routes.ts';
import { designsRoutes } from '../designs/routes.ts';
import { devicesRoutes } from '../devices/routes.ts';
import { formsRoutes } from '../forms/routes.ts';
import { importsRoutes } from '../imports/routes.ts';
import { passesRoutes } from '../passes/routes.ts';
import { programmesRoutes } from '../programmes/routes.ts';
import { receiptsRoutes } from '../receipts/routes.ts';
import { referralRoutes } from '../referral/routes.ts';
import { setsRoutes } from '../sets/routes.ts';
import { statisticsRoutes } from '../statistics/routes.ts';
import { tillsRoutes } from '../tills/routes.ts';
import { parseSearch } from './address.ts';
import { rooms, root, signIn } from './door.tsx';
import { RouteFailed, RouteNotFound } from './route-states.tsx';

const home = createRoute({
  getParentRoute: () => rooms,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/accounts', replace: true });
  },
});

const routeTree = root.addChildren([
  signIn,
  rooms.addChildren([
    home,
    ...accountsRoutes,
    ...accountRoutes,
    ...passesRoutes,
    ...campaignsRoutes,
    ...programmesRoutes,
    ...designsRoutes,
    ...formsRoutes,
    ...setsRoutes,
    ...devicesRoutes,
    ...statisticsRoutes,
    ...tillsRoutes,
    ...couponsRoutes,
    ...referralRoutes,
    ...receiptsRoutes,
    ...importsRoutes,
    ...coalitionRoutes,
    ...certificatesRoutes,
  ]),
]);

/**
 * The console's addresses under `/console`. A room says its own in its `routes.ts`, and each page is a file that is
 * fetched when a link to it is pointed at.
 */
export function createConsoleRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    basepath: '/console',
    context: { queryClient },
    defaultPreload: 'intent',
    scrollRestoration: true,
    parseSearch,
    stringifySearch: queryString,
    defaultErrorComponent: RouteFailed,
    defaultNotFoundComponent: RouteNotFound,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}

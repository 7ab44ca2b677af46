import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { textsIn } from '../app/address.ts';
import { rooms } from '../app/door.tsx';
import { loadRoomTexts } from '../app/language.ts';
import { filterNames, printFilterNames } from './filter-names.ts';

const room = createRoute({ getParentRoute: () => rooms, path: '/passes', beforeLoad: () => loadRoomTexts('passes') });

const passes = createRoute({
  getParentRoute: () => room,
  path: '/',
  validateSearch: (search) => textsIn(search, filterNames),
  component: lazyRouteComponent(() => import('./passes-page.tsx'), 'PassesPage'),
});
const newPass = createRoute({
  getParentRoute: () => room,
  path: '/new',
  validateSearch: (search) => textsIn(search, ['designId', 'accountId']),
  component: lazyRouteComponent(() => import('./new-pass-page.tsx'), 'NewPassPage'),
});
const many = createRoute({
  getParentRoute: () => room,
  path: '/many',
  validateSearch: (search) => textsIn(search, filterNames),
  component: lazyRouteComponent(() => import('./many-page.tsx'), 'ManyPage'),
});
const print = createRoute({
  getParentRoute: () => room,
  path: '/print',
  validateSearch: (search) => textsIn(search, printFilterNames),
  component: lazyRouteComponent(() => import('./print-page.tsx'), 'PrintPage'),
});
const operations = createRoute({
  getParentRoute: () => room,
  path: '/operations',
  component: lazyRouteComponent(() => import('./operations-page.tsx'), 'OperationsPage'),
});
const operation = createRoute({
  getParentRoute: () => room,
  path: '/operations/$operationId',
  component: lazyRouteComponent(() => import('./operations-page.tsx'), 'OperationPage'),
});
const pass = createRoute({
  getParentRoute: () => room,
  path: '/$passId',
  component: lazyRouteComponent(() => import('./pass-page.tsx'), 'PassPage'),
});

/** Cards of guests: the list, one card, and changes of many. */
export const passesRoutes = [room.addChildren([passes, newPass, many, print, operations, operation, pass])] as const;

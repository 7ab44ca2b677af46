import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { type Filters, filterNames } from '../passes/filter-names.ts';
import { rooms, text } from './door.tsx';
import { loadRoomTexts } from './language.ts';

const passFilters = (search: Record<string, unknown>): Filters =>
  Object.fromEntries(filterNames.flatMap((name) => (text(search[name]) ? [[name, text(search[name])]] : [])));
const passes = createRoute({
  getParentRoute: () => rooms,
  path: '/passes',
  beforeLoad: () => loadRoomTexts('passes'),
  validateSearch: passFilters,
  component: lazyRouteComponent(() => import('../passes/passes-page.tsx'), 'PassesPage'),
});
const newPass = createRoute({
  getParentRoute: () => rooms,
  path: '/passes/new',
  beforeLoad: () => loadRoomTexts('passes'),
  validateSearch: (search: Record<string, unknown>): { designId?: string; accountId?: string } =>
    Object.fromEntries(
      ['designId', 'accountId'].flatMap((name) => (text(search[name]) ? [[name, text(search[name])]] : [])),
    ),
  component: lazyRouteComponent(() => import('../passes/new-pass-page.tsx'), 'NewPassPage'),
});
const manyPasses = createRoute({
  getParentRoute: () => rooms,
  path: '/passes/many',
  beforeLoad: () => loadRoomTexts('passes'),
  validateSearch: passFilters,
  component: lazyRouteComponent(() => import('../passes/many-page.tsx'), 'ManyPage'),
});
const passOperations = createRoute({
  getParentRoute: () => rooms,
  path: '/passes/operations',
  beforeLoad: () => loadRoomTexts('passes'),
  component: lazyRouteComponent(() => import('../passes/operations-page.tsx'), 'OperationsPage'),
});
const passOperation = createRoute({
  getParentRoute: () => rooms,
  path: '/passes/operations/$operationId',
  beforeLoad: () => loadRoomTexts('passes'),
  component: lazyRouteComponent(() => import('../passes/operations-page.tsx'), 'OperationPage'),
});
const pass = createRoute({
  getParentRoute: () => rooms,
  path: '/passes/$passId',
  beforeLoad: () => loadRoomTexts('passes'),
  component: lazyRouteComponent(() => import('../passes/pass-page.tsx'), 'PassPage'),
});

/** Cards of guests: the list, one card, and changes of many. */
export const passRooms = [passes, newPass, manyPasses, passOperations, passOperation, pass] as const;

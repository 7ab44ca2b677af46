import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchedIn } from '../app/address.ts';
import { rooms } from '../app/door.tsx';

const accounts = createRoute({
  getParentRoute: () => rooms,
  path: '/accounts',
  validateSearch: searchedIn,
  component: lazyRouteComponent(() => import('./accounts-page.tsx'), 'AccountsPage'),
});

/** The list of guests' accounts. */
export const accountsRoutes = [accounts] as const;

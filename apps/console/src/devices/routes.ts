import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rooms } from '../app/door.tsx';
import { readDeviceSearch } from './device-types.ts';

const devices = createRoute({
  getParentRoute: () => rooms,
  path: '/devices',
  validateSearch: readDeviceSearch,
  component: lazyRouteComponent(() => import('./devices-page.tsx'), 'DevicesPage'),
});

/** What holds cards. */
export const devicesRoutes = [devices] as const;

import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rooms } from '../app/door.tsx';
import { loadRoomTexts } from '../app/language.ts';

const room = createRoute({ getParentRoute: () => rooms, path: '/imports', beforeLoad: () => loadRoomTexts('imports') });

const imports = createRoute({
  getParentRoute: () => room,
  path: '/',
  component: lazyRouteComponent(() => import('./imports-page.tsx'), 'ImportsPage'),
});
const oneImport = createRoute({
  getParentRoute: () => room,
  path: '/$importId',
  component: lazyRouteComponent(() => import('./import-page.tsx'), 'ImportPage'),
});

/** Moving in: files with guests and balances. */
export const importsRoutes = [room.addChildren([imports, oneImport])] as const;

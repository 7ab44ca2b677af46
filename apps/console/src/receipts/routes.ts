import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { choiceIn } from '../app/address.ts';
import { rooms } from '../app/door.tsx';
import { loadRoomTexts } from '../app/language.ts';

const room = createRoute({
  getParentRoute: () => rooms,
  path: '/receipts',
  beforeLoad: () => loadRoomTexts('receipts'),
});

const receipts = createRoute({
  getParentRoute: () => room,
  path: '/',
  validateSearch: (search) => choiceIn(search, 'state', ['approved', 'rejected']),
  component: lazyRouteComponent(() => import('./receipts-page.tsx'), 'ReceiptsPage'),
});
const settings = createRoute({
  getParentRoute: () => room,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings-page.tsx'), 'ReceiptSettingsPage'),
});

/** Receipts that guests send. */
export const receiptsRoutes = [room.addChildren([receipts, settings])] as const;

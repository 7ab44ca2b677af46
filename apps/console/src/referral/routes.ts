import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { choiceIn } from '../app/address.ts';
import { rooms } from '../app/door.tsx';
import { loadRoomTexts } from '../app/language.ts';

const room = createRoute({
  getParentRoute: () => rooms,
  path: '/referral',
  beforeLoad: () => loadRoomTexts('referral'),
});

const referral = createRoute({
  getParentRoute: () => room,
  path: '/',
  validateSearch: (search) => choiceIn(search, 'state', ['registered', 'qualified', 'rewarded', 'rejected']),
  component: lazyRouteComponent(() => import('./referral-page.tsx'), 'ReferralPage'),
});
const settings = createRoute({
  getParentRoute: () => room,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings-page.tsx'), 'ReferralSettingsPage'),
});

/** Guests who bring guests. */
export const referralRoutes = [room.addChildren([referral, settings])] as const;

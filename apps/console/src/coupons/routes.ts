import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rooms } from '../app/door.tsx';
import { loadRoomTexts } from '../app/language.ts';

const room = createRoute({ getParentRoute: () => rooms, path: '/coupons', beforeLoad: () => loadRoomTexts('coupons') });

const kinds = createRoute({
  getParentRoute: () => room,
  path: '/',
  component: lazyRouteComponent(() => import('./kinds-page.tsx'), 'KindsPage'),
});
const newKind = createRoute({
  getParentRoute: () => room,
  path: '/new',
  component: lazyRouteComponent(() => import('./new-kind-page.tsx'), 'NewKindPage'),
});
const kind = createRoute({
  getParentRoute: () => room,
  path: '/$kindId',
  component: lazyRouteComponent(() => import('./kind-page.tsx'), 'KindPage'),
});
const certificates = createRoute({
  getParentRoute: () => room,
  path: '/certificates',
  component: lazyRouteComponent(() => import('./certificates-page.tsx'), 'CertificatesPage'),
});
const certificate = createRoute({
  getParentRoute: () => room,
  path: '/certificates/$certificateId',
  component: lazyRouteComponent(() => import('./certificate-page.tsx'), 'CertificatePage'),
});

/** Coupons and gift certificates. */
export const couponsRoutes = [room.addChildren([kinds, newKind, kind, certificates, certificate])] as const;

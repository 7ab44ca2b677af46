import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { choiceIn } from '../app/address.ts';
import { rooms } from '../app/door.tsx';
import { loadRoomTexts } from '../app/language.ts';

const room = createRoute({
  getParentRoute: () => rooms,
  path: '/certificates',
  beforeLoad: () => loadRoomTexts('wallets'),
});

const certificates = createRoute({
  getParentRoute: () => room,
  path: '/',
  beforeLoad: () => loadRoomTexts('google'),
  component: lazyRouteComponent(() => import('./certificates-page.tsx'), 'CertificatesPage'),
});
const newCertificate = createRoute({
  getParentRoute: () => room,
  path: '/new',
  component: lazyRouteComponent(() => import('./new-certificate-page.tsx'), 'NewCertificatePage'),
});
const google = createRoute({
  getParentRoute: () => room,
  path: '/google',
  beforeLoad: () => loadRoomTexts('google'),
  component: lazyRouteComponent(() => import('../google/google-page.tsx'), 'GooglePage'),
});
const wallets = createRoute({
  getParentRoute: () => room,
  path: '/wallets',
  component: lazyRouteComponent(() => import('../wallets/wallets-page.tsx'), 'WalletsPage'),
});
const phoneReports = createRoute({
  getParentRoute: () => room,
  path: '/reports',
  component: lazyRouteComponent(() => import('../wallets/reports-page.tsx'), 'ReportsPage'),
});
const certificate = createRoute({
  getParentRoute: () => room,
  path: '/$credentialId',
  validateSearch: (search) => choiceIn(search, 'own', ['yes']),
  component: lazyRouteComponent(() => import('./certificate-page.tsx'), 'CertificatePage'),
});

/** What connects the company to the wallets: certificates, Google Wallet, other readers. */
export const certificatesRoutes = [
  room.addChildren([certificates, newCertificate, google, wallets, phoneReports, certificate]),
] as const;

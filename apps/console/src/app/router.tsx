import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { readDeviceSearch } from '../devices/device-types.ts';
import { oneOf, rooms, root, signIn, text } from './door.tsx';
import { formRoutes } from './form-routes.ts';
import { loadRoomTexts } from './language.ts';
import { passRooms } from './pass-routes.ts';
import { RouteFailed, RouteNotFound } from './route-states.tsx';
import { setRoutes } from './set-routes.ts';
import { tills } from './till-routes.ts';

type StatisticsSearch = {
  from?: string | undefined;
  to?: string | undefined;
  designId?: string | undefined;
  source?: string | undefined;
  unit?: 'day' | 'week' | 'month' | undefined;
  by?: 'design' | 'platform' | 'source' | undefined;
  platform?: 'apple' | 'android' | 'google' | 'web' | 'paper' | undefined;
  view?: 'table' | undefined;
};
type TransactionsSearch = {
  kinds?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  accountId?: string | undefined;
  serial?: string | undefined;
  formId?: string | undefined;
};

/** The texts of an address that a page knows. */
function textsIn<Name extends string>(search: Record<string, unknown>, names: readonly Name[]) {
  const known = names.flatMap((name) => (text(search[name]) ? [[name, text(search[name])]] : []));
  return Object.fromEntries(known) as { [name in Name]?: string };
}

/** A choice of an address, when it is one. */
function inChoice<Name extends string, Value extends string>(
  name: Name,
  values: readonly Value[],
  search: Record<string, unknown>,
) {
  const chosen = oneOf(values, search[name]);
  return (chosen ? { [name]: chosen } : {}) as { [one in Name]?: Value };
}

const home = createRoute({
  getParentRoute: () => rooms,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/accounts', replace: true });
  },
});

const accounts = createRoute({
  getParentRoute: () => rooms,
  path: '/accounts',
  validateSearch: (search: Record<string, unknown>): { search?: string } => {
    const words = text(search.search)?.slice(0, 100);
    return words ? { search: words } : {};
  },
  component: lazyRouteComponent(() => import('../accounts/accounts-page.tsx'), 'AccountsPage'),
});

const account = createRoute({
  getParentRoute: () => rooms,
  path: '/accounts/$accountId',
  component: lazyRouteComponent(() => import('../account/account-page.tsx'), 'AccountPage'),
});
const accountOverview = createRoute({
  getParentRoute: () => account,
  path: '/',
  component: lazyRouteComponent(() => import('../account/overview.tsx'), 'Overview'),
});
const accountEntries = createRoute({
  getParentRoute: () => account,
  path: '/entries',
  component: lazyRouteComponent(() => import('../account/entries.tsx'), 'Entries'),
});
const accountChecks = createRoute({
  getParentRoute: () => account,
  path: '/checks',
  validateSearch: (search: Record<string, unknown>): { check?: string } => {
    const check = text(search.check);
    return check ? { check } : {};
  },
  component: lazyRouteComponent(() => import('../account/checks.tsx'), 'Checks'),
});

const designs = createRoute({
  getParentRoute: () => rooms,
  path: '/designs',
  beforeLoad: () => loadRoomTexts('designs'),
  validateSearch: (search: Record<string, unknown>): { view?: 'statistics' | 'archived'; search?: string } => {
    const view = oneOf(['statistics', 'archived'] as const, search.view);
    const words = text(search.search)?.slice(0, 100);
    return { ...(view ? { view } : {}), ...(words ? { search: words } : {}) };
  },
  component: lazyRouteComponent(() => import('../designs/designs-page.tsx'), 'DesignsPage'),
});

const newDesign = createRoute({
  getParentRoute: () => rooms,
  path: '/designs/new',
  beforeLoad: () => loadRoomTexts('designs'),
  component: lazyRouteComponent(() => import('../designs/new-design-page.tsx'), 'NewDesignPage'),
});

const designSections = ['look', 'pictures', 'fields', 'code', 'when', 'links', 'languages', 'google', 'card'] as const;
const cardForms = ['apple', 'poster', 'google', 'web', 'print', 'push'] as const;
type DesignView = {
  section?: (typeof designSections)[number];
  form?: (typeof cardForms)[number];
  side?: 'front' | 'back';
  wallpaper?: 'light' | 'dark';
  lang?: 'ru' | 'en';
};
const design = createRoute({
  getParentRoute: () => rooms,
  path: '/designs/$designId',
  beforeLoad: () => loadRoomTexts('designs'),
  validateSearch: (search: Record<string, unknown>): DesignView => {
    const section = oneOf(designSections, search.section);
    const form = oneOf(cardForms, search.form);
    const side = oneOf(['front', 'back'] as const, search.side);
    const wallpaper = oneOf(['light', 'dark'] as const, search.wallpaper);
    const lang = oneOf(['ru', 'en'] as const, search.lang);
    return {
      ...(section ? { section } : {}),
      ...(form ? { form } : {}),
      ...(side ? { side } : {}),
      ...(wallpaper ? { wallpaper } : {}),
      ...(lang ? { lang } : {}),
    };
  },
  component: lazyRouteComponent(() => import('../designs/design-page.tsx'), 'DesignPage'),
});

const programmes = createRoute({
  getParentRoute: () => rooms,
  path: '/programmes',
  beforeLoad: () => loadRoomTexts('programmes'),
  component: lazyRouteComponent(() => import('../programmes/programmes-page.tsx'), 'ProgrammesPage'),
});
const newProgramme = createRoute({
  getParentRoute: () => rooms,
  path: '/programmes/new',
  beforeLoad: () => loadRoomTexts('programmes'),
  component: lazyRouteComponent(() => import('../programmes/new-programme-page.tsx'), 'NewProgrammePage'),
});
const accountGroups = createRoute({
  getParentRoute: () => rooms,
  path: '/programmes/groups',
  beforeLoad: () => loadRoomTexts('programmes'),
  component: lazyRouteComponent(() => import('../programmes/groups-page.tsx'), 'GroupsPage'),
});
const programme = createRoute({
  getParentRoute: () => rooms,
  path: '/programmes/$programmeId',
  beforeLoad: () => loadRoomTexts('programmes'),
  validateSearch: (search: Record<string, unknown>): { view?: 'versions' } =>
    search.view === 'versions' ? { view: 'versions' } : {},
  component: lazyRouteComponent(() => import('../programmes/programme-page.tsx'), 'ProgrammePage'),
});

const devices = createRoute({
  getParentRoute: () => rooms,
  path: '/devices',
  validateSearch: readDeviceSearch,
  component: lazyRouteComponent(() => import('../devices/devices-page.tsx'), 'DevicesPage'),
});

const statistics = createRoute({
  getParentRoute: () => rooms,
  path: '/statistics',
  beforeLoad: () => loadRoomTexts('statistics'),
  validateSearch: (search: Record<string, unknown>): StatisticsSearch => ({
    ...textsIn(search, ['from', 'to', 'designId', 'source']),
    ...inChoice('unit', ['day', 'week', 'month'] as const, search),
    ...inChoice('by', ['design', 'platform', 'source'] as const, search),
    ...inChoice('platform', ['apple', 'android', 'google', 'web', 'paper'] as const, search),
    ...inChoice('view', ['table'] as const, search),
  }),
  component: lazyRouteComponent(() => import('../statistics/statistics-page.tsx'), 'StatisticsPage'),
});
const transactions = createRoute({
  getParentRoute: () => rooms,
  path: '/statistics/transactions',
  beforeLoad: () => loadRoomTexts('statistics'),
  validateSearch: (search: Record<string, unknown>): TransactionsSearch =>
    textsIn(search, ['kinds', 'from', 'to', 'accountId', 'serial', 'formId']),
  component: lazyRouteComponent(() => import('../statistics/transactions-page.tsx'), 'TransactionsPage'),
});

const certificates = createRoute({
  getParentRoute: () => rooms,
  path: '/certificates',
  beforeLoad: () => Promise.all([loadRoomTexts('google'), loadRoomTexts('wallets')]),
  component: lazyRouteComponent(() => import('../certificates/certificates-page.tsx'), 'CertificatesPage'),
});
const newCertificate = createRoute({
  getParentRoute: () => rooms,
  path: '/certificates/new',
  beforeLoad: () => loadRoomTexts('wallets'),
  component: lazyRouteComponent(() => import('../certificates/new-certificate-page.tsx'), 'NewCertificatePage'),
});
const google = createRoute({
  getParentRoute: () => rooms,
  path: '/certificates/google',
  beforeLoad: () => loadRoomTexts('google'),
  component: lazyRouteComponent(() => import('../google/google-page.tsx'), 'GooglePage'),
});
const wallets = createRoute({
  getParentRoute: () => rooms,
  path: '/certificates/wallets',
  beforeLoad: () => loadRoomTexts('wallets'),
  component: lazyRouteComponent(() => import('../wallets/wallets-page.tsx'), 'WalletsPage'),
});
const phoneReports = createRoute({
  getParentRoute: () => rooms,
  path: '/certificates/reports',
  beforeLoad: () => loadRoomTexts('wallets'),
  component: lazyRouteComponent(() => import('../wallets/reports-page.tsx'), 'ReportsPage'),
});
const certificate = createRoute({
  getParentRoute: () => rooms,
  path: '/certificates/$credentialId',
  beforeLoad: () => loadRoomTexts('wallets'),
  validateSearch: (search: Record<string, unknown>): { own?: 'yes' } => (search.own === 'yes' ? { own: 'yes' } : {}),
  component: lazyRouteComponent(() => import('../certificates/certificate-page.tsx'), 'CertificatePage'),
});

const coupons = createRoute({
  getParentRoute: () => rooms,
  path: '/coupons',
  beforeLoad: () => loadRoomTexts('coupons'),
  component: lazyRouteComponent(() => import('../coupons/kinds-page.tsx'), 'KindsPage'),
});
const newCouponKind = createRoute({
  getParentRoute: () => rooms,
  path: '/coupons/new',
  beforeLoad: () => loadRoomTexts('coupons'),
  component: lazyRouteComponent(() => import('../coupons/new-kind-page.tsx'), 'NewKindPage'),
});
const couponKind = createRoute({
  getParentRoute: () => rooms,
  path: '/coupons/$kindId',
  beforeLoad: () => loadRoomTexts('coupons'),
  component: lazyRouteComponent(() => import('../coupons/kind-page.tsx'), 'KindPage'),
});
const giftCertificates = createRoute({
  getParentRoute: () => rooms,
  path: '/coupons/certificates',
  beforeLoad: () => loadRoomTexts('coupons'),
  component: lazyRouteComponent(() => import('../coupons/certificates-page.tsx'), 'CertificatesPage'),
});
const giftCertificate = createRoute({
  getParentRoute: () => rooms,
  path: '/coupons/certificates/$certificateId',
  beforeLoad: () => loadRoomTexts('coupons'),
  component: lazyRouteComponent(() => import('../coupons/certificate-page.tsx'), 'CertificatePage'),
});

const coalition = createRoute({
  getParentRoute: () => rooms,
  path: '/coalition',
  beforeLoad: () => loadRoomTexts('coalition'),
  validateSearch: (search: Record<string, unknown>): { from?: string; to?: string; one?: string; other?: string } =>
    Object.fromEntries(
      ['from', 'to', 'one', 'other'].flatMap((name) => (text(search[name]) ? [[name, search[name]]] : [])),
    ),
  component: lazyRouteComponent(() => import('../coalition/coalition-page.tsx'), 'CoalitionPage'),
});
const partners = createRoute({
  getParentRoute: () => rooms,
  path: '/coalition/partners',
  beforeLoad: () => loadRoomTexts('coalition'),
  component: lazyRouteComponent(() => import('../coalition/partners-page.tsx'), 'PartnersPage'),
});

const referralStates = ['registered', 'qualified', 'rewarded', 'rejected'] as const;
const referral = createRoute({
  getParentRoute: () => rooms,
  path: '/referral',
  beforeLoad: () => loadRoomTexts('referral'),
  validateSearch: (search: Record<string, unknown>): { state?: (typeof referralStates)[number] } => {
    const state = oneOf(referralStates, search.state);
    return state ? { state } : {};
  },
  component: lazyRouteComponent(() => import('../referral/referral-page.tsx'), 'ReferralPage'),
});
const referralSettings = createRoute({
  getParentRoute: () => rooms,
  path: '/referral/settings',
  beforeLoad: () => loadRoomTexts('referral'),
  component: lazyRouteComponent(() => import('../referral/settings-page.tsx'), 'ReferralSettingsPage'),
});

const receipts = createRoute({
  getParentRoute: () => rooms,
  path: '/receipts',
  beforeLoad: () => loadRoomTexts('receipts'),
  validateSearch: (search: Record<string, unknown>): { state?: 'approved' | 'rejected' } => {
    const state = oneOf(['approved', 'rejected'] as const, search.state);
    return state ? { state } : {};
  },
  component: lazyRouteComponent(() => import('../receipts/receipts-page.tsx'), 'ReceiptsPage'),
});
const receiptSettings = createRoute({
  getParentRoute: () => rooms,
  path: '/receipts/settings',
  beforeLoad: () => loadRoomTexts('receipts'),
  component: lazyRouteComponent(() => import('../receipts/settings-page.tsx'), 'ReceiptSettingsPage'),
});

const imports = createRoute({
  getParentRoute: () => rooms,
  path: '/imports',
  beforeLoad: () => loadRoomTexts('imports'),
  component: lazyRouteComponent(() => import('../imports/imports-page.tsx'), 'ImportsPage'),
});
const importRoute = createRoute({
  getParentRoute: () => rooms,
  path: '/imports/$importId',
  beforeLoad: () => loadRoomTexts('imports'),
  component: lazyRouteComponent(() => import('../imports/import-page.tsx'), 'ImportPage'),
});

const routeTree = root.addChildren([
  signIn,
  rooms.addChildren([
    home,
    accounts,
    account.addChildren([accountOverview, accountEntries, accountChecks]),
    ...passRooms,
    programmes,
    newProgramme,
    accountGroups,
    programme,
    designs,
    newDesign,
    design,
    ...formRoutes,
    ...setRoutes,
    devices,
    statistics,
    transactions,
    tills,
    coupons,
    newCouponKind,
    couponKind,
    giftCertificates,
    giftCertificate,
    referral,
    referralSettings,
    receipts,
    receiptSettings,
    imports,
    importRoute,
    coalition,
    partners,
    certificates,
    newCertificate,
    google,
    wallets,
    phoneReports,
    certificate,
  ]),
]);

/** Plain `?name=value` in the address: people read and send addresses. */
const parseSearch = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search));
const stringifySearch = (search: Record<string, unknown>): string => {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) if (value !== undefined) parameters.set(name, String(value));
  const line = parameters.toString();
  return line === '' ? '' : `?${line}`;
};

/** The console's addresses under `/console`; every room is a file of its own, fetched when a link is pointed at. */
export function createConsoleRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    basepath: '/console',
    context: { queryClient },
    defaultPreload: 'intent',
    scrollRestoration: true,
    parseSearch,
    stringifySearch,
    defaultErrorComponent: RouteFailed,
    defaultNotFoundComponent: RouteNotFound,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}

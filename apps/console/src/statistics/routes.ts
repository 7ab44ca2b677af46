import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { choiceIn, textsIn } from '../app/address.ts';
import { rooms } from '../app/door.tsx';
import { loadRoomTexts } from '../app/language.ts';

const room = createRoute({
  getParentRoute: () => rooms,
  path: '/statistics',
  beforeLoad: () => loadRoomTexts('statistics'),
});

const statistics = createRoute({
  getParentRoute: () => room,
  path: '/',
  validateSearch: (search) => ({
    ...textsIn(search, ['from', 'to', 'designId', 'source']),
    ...choiceIn(search, 'unit', ['day', 'week', 'month']),
    ...choiceIn(search, 'by', ['design', 'platform', 'source']),
    ...choiceIn(search, 'platform', ['apple', 'android', 'google', 'web', 'paper']),
    ...choiceIn(search, 'view', ['table']),
  }),
  component: lazyRouteComponent(() => import('./statistics-page.tsx'), 'StatisticsPage'),
});
const transactions = createRoute({
  getParentRoute: () => room,
  path: '/transactions',
  validateSearch: (search) => textsIn(search, ['kinds', 'from', 'to', 'accountId', 'serial', 'formId']),
  component: lazyRouteComponent(() => import('./transactions-page.tsx'), 'TransactionsPage'),
});

/** How cards are issued and used, and each event of them. */
export const statisticsRoutes = [room.addChildren([statistics, transactions])] as const;

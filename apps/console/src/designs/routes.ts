import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { choiceIn, searchedIn } from '../app/address.ts';
import { rooms } from '../app/door.tsx';
import { loadRoomTexts } from '../app/language.ts';

const room = createRoute({ getParentRoute: () => rooms, path: '/designs', beforeLoad: () => loadRoomTexts('designs') });

const designs = createRoute({
  getParentRoute: () => room,
  path: '/',
  validateSearch: (search) => ({ ...choiceIn(search, 'view', ['statistics', 'archived']), ...searchedIn(search) }),
  component: lazyRouteComponent(() => import('./designs-page.tsx'), 'DesignsPage'),
});
const newDesign = createRoute({
  getParentRoute: () => room,
  path: '/new',
  component: lazyRouteComponent(() => import('./new-design-page.tsx'), 'NewDesignPage'),
});

const sections = ['look', 'pictures', 'fields', 'code', 'when', 'links', 'languages', 'google', 'card'] as const;
const cardForms = ['apple', 'poster', 'google', 'web', 'print', 'push'] as const;
const design = createRoute({
  getParentRoute: () => room,
  path: '/$designId',
  validateSearch: (search) => ({
    ...choiceIn(search, 'section', sections),
    ...choiceIn(search, 'show', ['card']),
    ...choiceIn(search, 'form', cardForms),
    ...choiceIn(search, 'side', ['front', 'back']),
    ...choiceIn(search, 'wallpaper', ['light', 'dark']),
    ...choiceIn(search, 'lang', ['ru', 'en']),
  }),
  component: lazyRouteComponent(() => import('./design-page.tsx'), 'DesignPage'),
});

/** Designs of cards: the list, the designer. */
export const designsRoutes = [room.addChildren([designs, newDesign, design])] as const;

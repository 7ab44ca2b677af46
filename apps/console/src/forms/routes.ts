import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { choiceIn } from '../app/address.ts';
import { rooms } from '../app/door.tsx';
import { loadRoomTexts } from '../app/language.ts';

const room = createRoute({ getParentRoute: () => rooms, path: '/forms', beforeLoad: () => loadRoomTexts('forms') });

const forms = createRoute({
  getParentRoute: () => room,
  path: '/',
  component: lazyRouteComponent(() => import('./forms-page.tsx'), 'FormsPage'),
});
const newForm = createRoute({
  getParentRoute: () => room,
  path: '/new',
  component: lazyRouteComponent(() => import('./new-form-page.tsx'), 'NewFormPage'),
});
const form = createRoute({
  getParentRoute: () => room,
  path: '/$formId',
  validateSearch: (search) => choiceIn(search, 'view', ['links', 'answers']),
  component: lazyRouteComponent(() => import('./form-page.tsx'), 'FormPage'),
});

/** Registration forms. */
export const formsRoutes = [room.addChildren([forms, newForm, form])] as const;

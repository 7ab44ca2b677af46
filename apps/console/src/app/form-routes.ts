import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { oneOf, rooms } from './door.tsx';
import { loadRoomTexts } from './language.ts';

const forms = createRoute({
  getParentRoute: () => rooms,
  path: '/forms',
  beforeLoad: () => loadRoomTexts('forms'),
  component: lazyRouteComponent(() => import('../forms/forms-page.tsx'), 'FormsPage'),
});
const newForm = createRoute({
  getParentRoute: () => rooms,
  path: '/forms/new',
  beforeLoad: () => loadRoomTexts('forms'),
  component: lazyRouteComponent(() => import('../forms/new-form-page.tsx'), 'NewFormPage'),
});
const formViews = ['links', 'answers'] as const;
const form = createRoute({
  getParentRoute: () => rooms,
  path: '/forms/$formId',
  beforeLoad: () => loadRoomTexts('forms'),
  validateSearch: (search: Record<string, unknown>): { view?: (typeof formViews)[number] } => {
    const view = oneOf(formViews, search.view);
    return view ? { view } : {};
  },
  component: lazyRouteComponent(() => import('../forms/form-page.tsx'), 'FormPage'),
});

/** The room of registration forms. */
export const formRoutes = [forms, newForm, form] as const;

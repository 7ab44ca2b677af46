import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { ApiError } from '../api/http.ts';
import { sessionQuery } from '../api/queries.ts';
import { Frame } from '../frame/frame.tsx';
import { choiceIn, type Search, text } from './address.ts';
import { followCompanyLanguage } from './language.ts';
import { RouteFailed, RouteNotFound } from './route-states.tsx';

type Context = { readonly queryClient: QueryClient };

export const root = createRootRouteWithContext<Context>()({ component: Outlet, notFoundComponent: RouteNotFound });

export const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Search): { from?: string; as?: 'cashier' | undefined } => {
    const from = text(search.from);
    return {
      ...(from?.startsWith('/') && !from.startsWith('//') ? { from } : {}),
      ...choiceIn(search, 'as', ['cashier']),
    };
  },
  component: lazyRouteComponent(() => import('../sign-in/sign-in-page.tsx'), 'SignInPage'),
});

/**
 * Everything behind the door: asks once who is here and in which language, and leads to sign-in if nobody is, or if a
 * cashier comes from the till in the same browser: no room here is his.
 */
export const rooms = createRoute({
  getParentRoute: () => root,
  id: 'rooms',
  beforeLoad: async ({ context, location }) => {
    try {
      const { company, user } = await context.queryClient.ensureQueryData(sessionQuery);
      await followCompanyLanguage(company.language);
      if (user.role === 'cashier') {
        throw redirect({ to: '/sign-in', search: { from: location.href, as: 'cashier' }, replace: true });
      }
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        throw redirect({ to: '/sign-in', search: { from: location.href }, replace: true });
      }
      throw error;
    }
  },
  component: Frame,
  errorComponent: RouteFailed,
});

import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { mantineTheme } from './mantine-theme.ts';
import { createQueryClient } from './query-client.ts';
import { createConsoleRouter } from './router.tsx';
import { useTheme } from './theme-choice.ts';

/** The client and the router know each other: a session that has ended anywhere leads to sign-in and back. */
function connect() {
  const queryClient = createQueryClient(() => {
    const { pathname, href } = router.state.location;
    if (pathname === '/sign-in') return;
    queryClient.clear();
    void router.navigate({ to: '/sign-in', search: { from: href }, replace: true });
  });
  const router = createConsoleRouter(queryClient);
  router.subscribe('onRendered', ({ pathChanged, fromLocation }) => {
    if (pathChanged && fromLocation) moveFocusToHeading();
  });
  return { queryClient, router };
}

/** After a change of page the keyboard starts at its heading, unless it already stands on the page (a tab, say). */
function moveFocusToHeading(): void {
  const place = document.activeElement;
  if (place?.closest('main')) return;
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}

export function Application() {
  const [{ queryClient, router }] = useState(connect);
  const { scheme } = useTheme();
  useEffect(() => {
    document.documentElement.dataset.mantineColorScheme = scheme;
  }, [scheme]);
  return (
    <MantineProvider theme={mantineTheme} forceColorScheme={scheme} withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}

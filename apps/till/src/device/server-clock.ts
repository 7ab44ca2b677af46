import { createServerClock } from '@tessera/look/server-clock.ts';

/** The one clock of the till's page: «today» is told from it. */
export const serverClock = createServerClock(() => Date.now());

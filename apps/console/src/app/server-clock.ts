import { createServerClock } from '@tessera/look/server-clock.ts';

/** The one clock of the console: dates are told from it. */
export const serverClock = createServerClock(() => Date.now());

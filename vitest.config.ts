import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Three sizes of test, told apart by name: pure (x.test.ts), on a database (x.db.test.ts), whole stories (scenarios/).
export default defineConfig({
  test: {
    include: ['packages/**/*.test.ts', 'apps/**/*.test.ts', 'bench/**/*.test.ts', 'scripts/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // Starts PostgreSQL when the first test asks for a database.
    globalSetup: ['apps/server/test/global-setup.ts'],
    pool: 'forks',
    // Files share a process and its modules, one after the other: most of their time went into loading the same house anew.
    // So no test replaces a module; what a test wants otherwise, it passes in.
    isolate: false,
    // Much of a test's time is waiting for a database, a browser or a socket: a core more helps also where there are two.
    maxWorkers: availableParallelism(),
    // A test on a real database takes its second: not worth a line each.
    slowTestThreshold: 10_000,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A page that loads anew on a busy machine takes more than the second that a poll would wait.
    expect: { poll: { timeout: 10_000 } },
  },
});

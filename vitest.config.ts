import { defineConfig } from 'vitest/config';

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether what the tests write down is written anew. */
    updates: boolean;
  }
}

const updates = process.argv.some((word) => word === '-u' || word === '--update');

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 40_000,
    // A PostgreSQL of a test file's own starts in one.
    hookTimeout: 40_000,
    // Much of what is tested waits for browsers, processes and timers; one worker would wait with it.
    maxWorkers: 2,
    globalSetup: 'test/prepare.ts',
    provide: { updates },
  },
});

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
    testTimeout: 20_000,
    globalSetup: 'test/prepare.ts',
    provide: { updates },
  },
});

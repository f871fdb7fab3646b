import { defineConfig } from 'vitest/config';

/** What takes minutes, and is not run with all tests. It stops by itself. */
export default defineConfig({
  test: {
    include: ['test/**/*.soak.ts'],
    testTimeout: 300_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});

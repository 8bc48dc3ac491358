import { configDefaults, defineConfig } from 'vitest/config';

/** `npm run test:containers` sets it: they take a container engine, and minutes. */
const WITH_CONTAINERS = process.env['TEST_CONTAINERS'] !== undefined;

export default defineConfig({
  test: {
    globalSetup: 'test/global-setup.ts',
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(WITH_CONTAINERS ? [] : ['test/containers/**'])],
    testTimeout: 180_000,
    hookTimeout: 60_000,
    // Two cores: some tests start processes of their own.
    maxWorkers: 2,
  },
});

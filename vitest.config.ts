import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: ['libs/*/vitest.config.ts', 'apps/*/vitest.config.ts', 'tools/vitest.config.ts'],
    watch: false,
    maxWorkers: '100%', // by default one core is left to the runner, which hardly needs it
  },
});

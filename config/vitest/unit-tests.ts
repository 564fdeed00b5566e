import { join } from 'node:path';
import { defaultServerConditions } from 'vite';
import type { UserWorkspaceConfig } from 'vitest/config';

const conditions = ['@i-drill/source', ...defaultServerConditions];

/**
 * The unit tests of one library or app. Workspace packages resolve to their sources: a clean tree has no `dist`.
 * `ssr.resolve.conditions` is what decides that; `resolve.conditions` alone does not.
 */
export function unitTests(name: string, root: string): UserWorkspaceConfig {
  return {
    root,
    cacheDir: join(root, '../../node_modules/.vite', name),
    resolve: { conditions },
    ssr: { resolve: { conditions, externalConditions: conditions } },
    test: {
      name,
      environment: 'node',
      include: ['src/**/*.test.ts'],
      exclude: ['src/**/*.slow.test.ts'],
      testTimeout: 20_000,
    },
  };
}

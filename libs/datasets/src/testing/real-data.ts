import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';

const root = join(import.meta.dirname, '../../../..');
const dataFolder = process.env['I_DRILL_DATA'] ?? join(root, '../shared/data');

/**
 * Tests on published data, which are not part of the repository. Where their folder is absent they are skipped and say so;
 * with CI=true they run, and fail.
 */
export function describeRealData(name: string, tests: (dir: string) => void): void {
  const dir = join(dataFolder, name);
  const mayRun = existsSync(dir) || process.env['CI'] === 'true';
  const reason = mayRun ? '' : `: skipped, there is no folder "${name}" in I_DRILL_DATA`;
  describe.skipIf(!mayRun)(`published data "${name}"${reason}`, () => {
    tests(dir);
  });
}

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// Every benchmark of this library, one after the other, each in a process of its own. Flags are handed on: `--short` for a quick look.
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const benches = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.bench.ts'));
const failed = benches.filter((name) => {
  console.log(`\n=== ${name}`);
  const program = join(import.meta.dirname, name);
  const args = ['--import', tsx, program, ...process.argv.slice(2)];
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status !== 0;
});
if (failed.length > 0) console.error(`failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 && benches.length > 0 ? 0 : 1;

// The gate: everything that must hold before a change lands. `node tools/gate/ok.mjs [step ...]` runs some of it.
import { spawnSync } from 'node:child_process';

const steps = {
  format: ['npx', ['prettier', '--check', '.']],
  // Through Nx, never eslint alone: without a fresh project graph the boundary rule says nothing and exits 0.
  lint: ['npx', ['nx', 'run-many', '-t', 'lint', '--parallel=2', '--output-style=static']],
  types: ['npx', ['tsc', '--build']],
  tests: ['npx', ['vitest', 'run']],
  packages: ['node', ['tools/gate/packages.mjs']],
  api: ['node', ['tools/gate/api-reports.mjs']],
  packed: ['node', ['tools/gate/packed-client.mjs']],
  unused: ['npx', ['knip', '--no-config-hints']],
  faults: ['node', ['tools/gate/planted-faults.mjs']],
};

const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(steps);
const env = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true' };
const failed = [];
for (const name of chosen) {
  const step = steps[name];
  if (step === undefined) throw new Error(`Cannot run step "${name}": the steps are ${Object.keys(steps).join(', ')}`);
  const startedAt = performance.now();
  console.log(`\n=== ${name}: ${[step[0], ...step[1]].join(' ')}`);
  const { status } = spawnSync(step[0], step[1], { stdio: 'inherit', env });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`=== ${name}: ${status === 0 ? 'ok' : `FAILED (exit ${status})`} in ${seconds} s`);
  if (status !== 0) failed.push(name);
}
console.log(failed.length === 0 ? '\nThe gate is green.' : `\nThe gate is red: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);

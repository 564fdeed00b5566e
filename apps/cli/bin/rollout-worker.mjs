// The entry of a rollout thread: a thread does not inherit the loader that lets a clone run its sources.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = new URL('../src/rollouts/rollout-worker.ts', import.meta.url);
const isClone = existsSync(fileURLToPath(source)) && !import.meta.url.includes('/node_modules/');

if (isClone) {
  const { register } = await import('tsx/esm/api');
  register();
  await import(source.href);
} else {
  await import('../dist/rollouts/rollout-worker.js');
}

#!/usr/bin/env node
// In a clone the sources run as they are (through tsx); in an installed package the compiled files do.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const isClone = existsSync(source) && !import.meta.url.includes('/node_modules/');

if (isClone) {
  const nodeOptions = ['--conditions=@i-drill/source', '--import', import.meta.resolve('tsx')];
  const child = spawn(process.execPath, [...nodeOptions, source, ...process.argv.slice(2)], { stdio: 'inherit' });
  // A Ctrl-C reaches the child by itself (same terminal); waiting here keeps its last words and exit code.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  // Ended by a signal (out of memory, a kill): nobody answered, so it is neither yes nor no.
  child.on('exit', (code) => process.exit(code ?? 3));
} else {
  await import('../dist/main.js');
}

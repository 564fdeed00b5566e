#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const main = new URL('../src/main.ts', import.meta.url);
const isClone = existsSync(main) && !import.meta.url.includes('/node_modules/');

// In a clone nothing is built: the sources run, through tsx. The IPC channel tells the child when we are gone.
function runSources() {
  const flags = ['--conditions=@i-drill/source', '--import', import.meta.resolve('tsx')];
  const args = [...process.execArgv, ...flags, fileURLToPath(main), ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  // Ctrl-C reaches the whole group, the child too: it hears of it once from the terminal and once from us.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

if (isClone) runSources();
else await import('../dist/main.js');

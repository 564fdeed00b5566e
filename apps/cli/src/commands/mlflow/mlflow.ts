import { Command } from 'commander';
import type { ExitCode } from '../../exit-code.js';
import { exportCommand } from './export.js';
import { serveStoreCommand } from './serve-store.js';
import { syncCommand } from './sync.js';

/** `i-drill mlflow` */
export function mlflowCommand(run: (work: Promise<ExitCode>) => void): Command {
  return new Command('mlflow')
    .description('the tracking store itself: replay what was logged offline, move a store to a server, serve a folder')
    .addCommand(syncCommand(run))
    .addCommand(exportCommand(run))
    .addCommand(serveStoreCommand(run));
}

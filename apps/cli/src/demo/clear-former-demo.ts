import { rm } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { CommandContext } from '../context.js';
import { CliError } from '../errors.js';
import { openService } from '../wiring/service.js';

/** Everything the demonstration writes lies below this folder: config/profiles/demo.yaml points there. */
const demoFolder = '.i-drill/demo';

/** Stops what an interrupted demonstration left running, then removes what it left behind; nothing of anybody else. */
export async function clearFormerDemo(context: CommandContext, modelName: string): Promise<void> {
  const { deployment, retraining } = context.config;
  requireBelow('deployment.state_directory', deployment.state_directory);
  const { data_path: arrivals } = retraining.conditions.data_availability;
  requireBelow('retraining.conditions.data_availability.data_path', arrivals);
  await openService(context, modelName, []).shutDown();
  await rm(demoFolder, { recursive: true, force: true });
}

function requireBelow(key: string, path: string): void {
  const way = relative(resolve(demoFolder), resolve(path));
  if (!way.startsWith('..')) return;
  throw new CliError(
    `Cannot run the demonstration: ${key} is "${path}", which is not below ${demoFolder}; it begins by clearing that folder, ` +
      'use config/profiles/demo.yaml',
    { code: 'CLI_WRONG_VALUE', details: { key, path } },
  );
}

import { spawn } from 'node:child_process';
import type { Command } from 'commander';
import { openContext, type CommonFlags } from '../context.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { modelCacheFolder, modelServerCommand, predictionLogFolder } from '../wiring/service.js';
import { commandWithCommonFlags, wholeNumber, withVersionFlags } from './common-flags.js';
import { chosenVersion, type VersionFlags } from './version-choice.js';

type Flags = CommonFlags & VersionFlags & { readonly port: number; readonly host?: string };

/** `i-drill serve` */
export function serveCommand(run: (work: Promise<ExitCode>) => void): Command {
  const command = commandWithCommonFlags('serve', 'serve one version in the foreground, until Ctrl-C');
  return withVersionFlags(command, 'the one in Production')
    .option('--port <port>', 'port, 0 for any free one', wholeNumber(0), 8080)
    .option('--host <address>', 'address to listen on; default: from the configuration')
    .action((flags: Flags) => {
      run(serve(flags));
    });
}

async function serve(flags: Flags): Promise<ExitCode> {
  const context = openContext(flags);
  const version = await chosenVersion(context, flags, { alias: 'production' });
  const { deployment } = context.config;
  const { command, args } = modelServerCommand([
    'serve',
    ...['--model-uri', `models:/${version.name}/${version.version}`],
    ...['--port', String(flags.port)],
    ...['--host', flags.host ?? deployment.server.host],
    ...['--environment', deployment.environment],
    ...['--log-dir', predictionLogFolder(context, version.name)],
    ...['--cache-dir', modelCacheFolder(context)],
  ]);
  const server = spawn(command, args, {
    stdio: 'inherit',
    // Not as a flag: it can hold a password, and flags are visible to every user of the machine.
    env: { ...process.env, MLFLOW_TRACKING_URI: context.trackingUri },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal));
  return new Promise((resolve) => {
    server.on('exit', (code) => {
      resolve(knownExitCode(code));
    });
  });
}

function knownExitCode(code: number | null): ExitCode {
  return Object.values(exitCodes).find((known) => known === code) ?? exitCodes.otherSystem;
}

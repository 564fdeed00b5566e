import type { Command } from 'commander';
import { openMlflow, serveStore } from 'mlflow-client-ts';
import { loadConfig } from '@i-drill/config';
import type { CommonFlags } from '../../context.js';
import { CliError } from '../../errors.js';
import { exitCodes, type ExitCode } from '../../exit-code.js';
import { onInterruption } from '../../interruption.js';
import { createOutput } from '../../output.js';
import { commandWithCommonFlags, wholeNumber } from '../common-flags.js';

type Flags = CommonFlags & { readonly port: number; readonly host: string; readonly tokenVariable?: string };

/** `i-drill mlflow serve` */
export function serveStoreCommand(run: (work: Promise<ExitCode>) => void): Command {
  return commandWithCommonFlags(
    'serve',
    "answer MLflow's REST API from a folder, until Ctrl-C: no MLflow server needed",
  )
    .option('--port <port>', 'port, 0 for any free one', wholeNumber(0), 5000)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--token-variable <name>', 'environment variable with the token that callers must send (Bearer)')
    .action((flags: Flags) => {
      run(serve(flags));
    });
}

async function serve(flags: Flags): Promise<ExitCode> {
  const output = createOutput({ json: flags.json === true });
  const trackingUri = flags.trackingUri ?? loadConfig({ path: flags.config, env: process.env }).mlflow.tracking_uri;
  const store = openMlflow({ trackingUri, env: process.env });
  if (/^https?:/i.test(store.trackingUri)) throw notAFolder(store.trackingUri);
  const token = tokenOf(flags);
  const face = await serveStore(store, {
    host: flags.host,
    port: flags.port,
    ...(token === undefined ? {} : { auth: { token } }),
  });
  const { signal } = onInterruption(output.progress); // before the answer: who reads it may interrupt at once
  output.answer({ url: face.url, store: store.trackingUri }, [`${store.trackingUri} is served at ${face.url}`]);
  if (token === undefined && !isLoopback(flags.host)) {
    output.logger.warn(`everybody who reaches ${face.url} can read and write; --token-variable asks for a token`);
  }
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
  await face.close();
  return exitCodes.done;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function tokenOf({ tokenVariable }: Flags): string | undefined {
  if (tokenVariable === undefined) return undefined;
  const token = process.env[tokenVariable];
  if (token !== undefined && token !== '') return token;
  throw new CliError(`Cannot ask for a token: the environment variable ${tokenVariable} is empty; set it`, {
    code: 'CLI_WRONG_VALUE',
    details: { tokenVariable },
  });
}

function notAFolder(trackingUri: string): CliError {
  return new CliError(
    `Cannot serve ${trackingUri}: it is a server already; give a folder, e.g. --tracking-uri file:./mlruns`,
    { code: 'CLI_WRONG_VALUE', details: { trackingUri } },
  );
}

import type { ArmRole } from '@i-drill/serving';
import { Command, CommanderError, Option } from 'commander';
import { invalidOption } from './errors.js';
import { exitCodeOf, type ExitCode } from './exit-code.js';
import type { ProgramIo } from './program-io.js';
import { route, type RouteOptions } from './route.js';
import { serve, type ServeOptions } from './serve.js';

const roles: readonly ArmRole[] = ['stable', 'candidate', 'previous'];

/** Runs the program: `args` as a shell would pass them, without the program's name. */
export async function runProgram(args: readonly string[], io: ProgramIo): Promise<ExitCode> {
  try {
    await createProgram(io).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (!(error instanceof CommanderError)) io.logger.error(wordsOf(error), fieldsOf(error));
    return exitCodeOf(error);
  }
}

function createProgram(io: ProgramIo): Command {
  const program = new Command('i-drill-model-server')
    .description('Serves one registered model version over HTTP, or routes traffic among such servers')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 the version must not be served, 2 wrong usage, 3 another system failed, 70 a bug',
    )
    .exitOverride()
    .showHelpAfterError();
  addServe(program, io);
  addRoute(program, io);
  return program;
}

function addServe(program: Command, io: ProgramIo): void {
  const trackingUri = new Option('--tracking-uri <uri>', 'MLflow tracking server or file store')
    .env('MLFLOW_TRACKING_URI')
    .default('file:./mlruns');
  program
    .command('serve')
    .description("Serve one registered version with the protocol of MLflow's scoring server")
    .requiredOption('--model-uri <uri>', 'models:/name/version, models:/name@alias or models:/name/stage')
    .addOption(trackingUri)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port to listen on, 0 for any free one', portOf('--port'), 8080)
    .addOption(new Option('--arm <role>', 'role in a rollout').choices(roles).default('stable'))
    .option('--environment <name>', 'label of metrics and predictions', 'local')
    .option('--log-dir <folder>', 'log predictions here as JSON lines')
    .option('--log-batch <n>', 'most predictions between two writes of the log', wholeOf('--log-batch'), 256)
    .option('--log-interval-ms <ms>', 'longest pause between two writes', wholeOf('--log-interval-ms'), 500)
    .option('--cache-dir <folder>', 'keep downloaded models here', '.i-drill/models')
    .action((options: ServeOptions) => serve(options, io));
}

function addRoute(program: Command, io: ProgramIo): void {
  program
    .command('route')
    .description('Split traffic among model servers; the admin API is on 127.0.0.1 only')
    .option('--host <address>', 'address of the public port', '127.0.0.1')
    .option('--port <number>', 'public port, 0 for any free one', portOf('--port'), 8000)
    .option('--admin-port <number>', 'port of the admin API, 0 for any free one', portOf('--admin-port'), 8001)
    .action((options: RouteOptions) => route(options, io));
}

function wholeOf(option: string): (value: string) => number {
  return (value) => {
    if (/^[1-9]\d*$/.test(value)) return Number(value);
    throw invalidOption(option, value, 'a whole number above 0');
  };
}

function portOf(option: string): (value: string) => number {
  return (value) => {
    const port = Number(value);
    if (/^\d+$/.test(value) && port <= 65_535) return port;
    throw invalidOption(option, value, 'a port number from 0 to 65535');
  };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The stack is for our own bugs only. */
function fieldsOf(error: unknown): Record<string, unknown> {
  const { code, stack } = error as { code?: unknown; stack?: unknown };
  return exitCodeOf(error) === 70 ? { stack } : { code };
}

import { Command, CommanderError } from 'commander';
import { benchCommand } from './commands/bench/bench.js';
import { demoCommand } from './commands/demo.js';
import { deployCommand } from './commands/deploy.js';
import { doctorCommand } from './commands/doctor.js';
import { evaluateCommand } from './commands/evaluate.js';
import { mlflowCommand } from './commands/mlflow/mlflow.js';
import { monitorCommand } from './commands/monitor.js';
import { pipelineCommand } from './commands/pipeline.js';
import { promoteCommand } from './commands/promote.js';
import { retrainCommand } from './commands/retrain.js';
import { rollbackCommand } from './commands/rollback.js';
import { serveCommand } from './commands/serve.js';
import { simulateCommand } from './commands/simulate.js';
import { statusCommand } from './commands/status.js';
import { trainCommand } from './commands/train.js';
import { undeployCommand } from './commands/undeploy.js';
import { validateCommand } from './commands/validate.js';
import type { CliErrorCode } from './errors.js';
import { exitCodeOf, exitCodes, type ExitCode } from './exit-code.js';
import { normaliseFlags } from './normalise-flags.js';
import { describeError } from './output.js';

const commands = [
  trainCommand,
  evaluateCommand,
  validateCommand,
  promoteCommand,
  deployCommand,
  serveCommand,
  statusCommand,
  rollbackCommand,
  undeployCommand,
  monitorCommand,
  retrainCommand,
  pipelineCommand,
  mlflowCommand,
  benchCommand,
  simulateCommand,
  doctorCommand,
  demoCommand,
];

/** Runs one command line and gives its exit code; errors are told on stderr, as JSON under `--json`. */
export async function runProgram(argv: readonly string[]): Promise<ExitCode> {
  const json = argv.includes('--json');
  let work: Promise<ExitCode> = Promise.resolve(exitCodes.done);
  const program = createProgram((started) => {
    work = started;
  }, json);
  try {
    await program.parseAsync(normaliseFlags(argv), { from: 'user' });
    return await work;
  } catch (error) {
    return tell(error, json);
  }
}

/** The whole command line; `run` is handed the work of the command that is chosen. */
export function createProgram(run: (work: Promise<ExitCode>) => void, json = false): Command {
  const program = new Command('i-drill')
    .description('Train, prove, serve, watch and retrain drilling models.')
    .exitOverride()
    .showHelpAfterError();
  if (json) program.configureOutput({ writeErr: () => undefined });
  for (const create of commands) program.addCommand(prepared(create(run), json));
  return program;
}

/** Usage errors come to `tell`; under `--json` nothing else is written about them. */
function prepared(command: Command, json: boolean): Command {
  command.exitOverride();
  if (json) command.configureOutput({ writeErr: () => undefined });
  for (const part of command.commands) prepared(part, json);
  return command;
}

function tell(error: unknown, json: boolean): ExitCode {
  const exitCode = exitCodeOf(error);
  const isUsage = error instanceof CommanderError;
  if (isUsage && (!json || exitCode === exitCodes.done)) return exitCode; // commander has said it already
  const { code, message, details } = isUsage ? usageError(error) : describeError(error);
  process.stderr.write(
    json ? `${JSON.stringify({ error: { code, message, details } })}\n` : `error: ${message} [${code}]\n`,
  );
  return exitCode;
}

function usageError({ message }: CommanderError): ReturnType<typeof describeError> {
  return { code: 'CLI_USAGE' satisfies CliErrorCode, message: message.replace(/^error: /, ''), details: {} };
}

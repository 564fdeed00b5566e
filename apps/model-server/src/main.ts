import { jsonLogger } from './json-logger.js';
import { runProgram } from './program.js';
import { stopRequested } from './stop-signal.js';
import { systemClock } from './system-clock.js';

const exitCode = await runProgram(process.argv.slice(2), {
  env: process.env,
  clock: systemClock,
  logger: jsonLogger((line) => process.stderr.write(line), systemClock),
  print: (value) => process.stdout.write(`${JSON.stringify(value)}\n`),
  stopRequested,
  crash: () => process.kill(process.pid, 'SIGKILL'),
});
process.exit(exitCode);

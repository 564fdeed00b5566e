import { Command } from 'commander';
import type { ExitCode } from '../../exit-code.js';
import { drillingCommand } from './drilling.js';
import { rlCommand } from './rl.js';
import { ropCommand } from './rop.js';
import { rulCommand } from './rul.js';

/** `i-drill bench` */
export function benchCommand(run: (work: Promise<ExitCode>) => void): Command {
  return new Command('bench')
    .description('benchmarks against published results, on a declared protocol')
    .addCommand(drillingCommand(run))
    .addCommand(rlCommand(run))
    .addCommand(ropCommand(run))
    .addCommand(rulCommand(run));
}

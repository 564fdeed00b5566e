import { failingDisk, type Death } from './failing-disk.js';
import { killSteps, type Base } from './kill-scenario.js';
import { openFolder } from './killed-store.js';

/** What a process that kills itself is told, as JSON in its only argument. */
export interface KillOrder {
  readonly root: string;
  readonly base: Base;
  /** Index of the change in `killSteps`. */
  readonly step: number;
  readonly death: Death;
}

const { root, base, step, death } = JSON.parse(process.argv[2] ?? '') as KillOrder;
const disk = failingDisk(death, () => {
  process.kill(process.pid, 'SIGKILL');
});
await killSteps[step]?.change(openFolder(root, { disk }), base);
process.stdout.write('acknowledged');

/**
 * `npm run native`: sets up tfjs-node on the TensorFlow library of PyPI's tensorflow-cpu, in `.native`. What is done already
 * is left as it is. In the end an LSTM is trained on it for a few steps.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { placesIn, type Places } from './places.js';
import { requireKnownMachine, requireRoom } from './requirements.js';
import { runTool } from './run-tool.js';
import { SetupError } from './setup-error.js';
import { setupSteps, type Step } from './steps.js';

const places = placesIn(join(import.meta.dirname, '../..'));
try {
  setUp(places);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`${error.message}\n\nWhat to do: ${error.advice}\nUntil then training runs on WebAssembly.`);
  process.exitCode = 1;
}

function setUp({ root, link }: Places): void {
  requireKnownMachine(process.platform, process.arch);
  const steps = setupSteps(places);
  if (steps.slice(0, -1).some((step) => !step.isDone())) requireRoom(root);
  try {
    for (const step of steps) perform(step);
    console.log(trainOnIt(root));
  } catch (error) {
    rmSync(link, { force: true }); // what does not compute must not be found
    throw error;
  }
}

function perform(step: Step): void {
  if (step.isDone()) {
    console.log(`${step.what}: is there`);
    return;
  }
  const startedAt = performance.now();
  step.run();
  console.log(`${step.what}: done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

function trainOnIt(root: string): string {
  return runTool({
    command: process.execPath,
    args: ['--conditions=@i-drill/source', '--import', 'tsx', 'libs/training/bench/try-native.ts'],
    cwd: root,
    ifMissing: 'reinstall Node.js',
    ifFailed: 'remove the folder .native and run this again; if it fails again, the words above belong into an issue',
  }).trimEnd();
}

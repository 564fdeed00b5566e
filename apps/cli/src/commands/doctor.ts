import { statfs } from 'node:fs/promises';
import type { Command } from 'commander';
import { loadConfig } from '@i-drill/config';
import { selectBackend } from '@i-drill/training';
import { openMlflow } from 'mlflow-client-ts';
import type { CommonFlags } from '../context.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { createOutput, describeError } from '../output.js';
import { backendOrder } from '../wiring/backend-order.js';
import { measurePace } from '../wiring/training-pace.js';
import { backendWords, type BackendWords } from './backend-words.js';
import { commandWithCommonFlags } from './common-flags.js';

/** One thing that was looked at. */
interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly found: string;
  /** What to do, when it is not well or could be better. */
  readonly advice?: string;
}

/** `i-drill doctor` */
export function doctorCommand(run: (work: Promise<ExitCode>) => void): Command {
  return commandWithCommonFlags(
    'doctor',
    'check configuration, tracking store, training backend and its speed, and disk',
  ).action((flags: CommonFlags) => {
    run(doctor(flags));
  });
}

async function doctor(flags: CommonFlags): Promise<ExitCode> {
  const output = createOutput({ json: flags.json === true });
  const findings = [
    nodeVersion(),
    await look('configuration', 'correct the keys named above', () => {
      loadConfig({ path: flags.config, env: process.env });
      return flags.config;
    }),
    await look('tracking store', 'start the server, or set MLFLOW_TRACKING_URI', () => trackingStore(flags)),
    await trainingBackend(flags),
    await look('free disk', 'make room: models, logs and runs are written here', freeDisk),
  ];
  output.answer({ findings }, findings.map(findingLine));
  return findings.every(({ ok }) => ok) ? exitCodes.done : exitCodes.answerIsNo;
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  const advice = 'install Node.js 20.19 or newer';
  return { what: 'node', ok, found: process.version, ...(ok ? {} : { advice }) };
}

async function trackingStore(flags: CommonFlags): Promise<string> {
  const trackingUri = flags.trackingUri ?? loadConfig({ path: flags.config, env: process.env }).mlflow.tracking_uri;
  const store = openMlflow({ trackingUri, env: process.env });
  const version = await store.serverVersion();
  return version === undefined
    ? `${store.trackingUri} (embedded file store)`
    : `${store.trackingUri} (MLflow ${version})`;
}

/** The backend that would train, chosen and timed as for a training. */
async function trainingBackend(flags: CommonFlags): Promise<Finding> {
  let words: BackendWords | undefined;
  const finding = await look('training backend', 'reinstall with npm ci', async () => {
    const report = await selectBackend(configuredOrder(flags));
    words = backendWords(report, await measurePace(), `${process.platform} ${process.arch}`);
    return words.found;
  });
  return words?.hint === undefined ? finding : { ...finding, advice: words.hint };
}

/** A configuration that cannot be read is a finding of its own. */
function configuredOrder(flags: CommonFlags): ReturnType<typeof backendOrder> {
  try {
    return backendOrder(loadConfig({ path: flags.config, env: process.env }).training.backend);
  } catch {
    return undefined;
  }
}

const leastFreeBytes = 1e9;

async function freeDisk(): Promise<string> {
  const { bavail, bsize } = await statfs('.');
  const free = bavail * bsize;
  const text = `${(free / 1e9).toFixed(1)} GB`;
  if (free < leastFreeBytes) throw new Error(`only ${text} left, less than 1 GB`);
  return text;
}

async function look(what: string, advice: string, work: () => string | Promise<string>): Promise<Finding> {
  try {
    return { what, ok: true, found: await work() };
  } catch (error) {
    return { what, ok: false, found: describeError(error).message, advice };
  }
}

function findingLine({ what, ok, found, advice }: Finding): string {
  return `${ok ? 'ok     ' : 'not ok '} ${what}: ${found}${advice === undefined ? '' : `; ${advice}`}`;
}

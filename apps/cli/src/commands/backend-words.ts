import type { BackendReport } from '@i-drill/training';

/** What is said about the training backend. */
export interface BackendWords {
  readonly found: string;
  /** How training would be faster. */
  readonly hint?: string;
}

/**
 * Says which backend trains, how fast it was just now, and what would be faster. Factors are from
 * docs/benchmarks/training-speed.md.
 *
 * @param windowsPerSecond measured with an LSTM of 64 units
 * @param machine `process.platform` and `process.arch`
 */
export function backendWords(report: BackendReport, windowsPerSecond: number, machine: string): BackendWords {
  const version = report.tensorflowVersion === undefined ? '' : ` (TensorFlow ${report.tensorflowVersion})`;
  const pace = `${Math.round(windowsPerSecond)} windows/s, an LSTM of 64 units on windows of 30 × 14`;
  const found = `${report.name}${version}, ${pace}`;
  const hint = hintFor(report, machine);
  return hint === undefined ? { found } : { found, hint };
}

function hintFor({ name, tried }: BackendReport, machine: string): string | undefined {
  if (name === 'tfjs-node' || name === 'tfjs-node-gpu') return undefined;
  if (name === 'cpu') return 'this backend is for tests: set training.backend to auto or wasm, many times as fast';
  const refused = tried.find((backend) => backend.name === 'tfjs-node')?.reason;
  if (refused === undefined) return 'training.backend asks for wasm: with auto, tfjs-node is taken where it is set up';
  if (machine !== 'linux x64') return `tfjs-node would be faster, but can be set up on linux x64 only (${refused})`;
  return `tfjs-node trains 1.3 to 1.7 times as fast: "npm run native" sets it up (now: ${refused})`;
}

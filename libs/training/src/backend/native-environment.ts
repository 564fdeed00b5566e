/** The part of Node's `process` that is needed here; absent elsewhere. */
export interface NodeProcess {
  readonly env: Record<string, string | undefined>;
  getBuiltinModule?(name: 'util'): Record<string, unknown>;
}

/**
 * What TensorFlow reads when it is loaded, where the user has not set it:
 *
 * - one thread per operation, and one operation at a time: handing a small network's operations to a pool of threads costs
 *   more than it saves;
 * - no operations of oneDNN: no faster here, and they print a notice that cannot be turned off;
 * - errors only on the console.
 */
export const environmentDefaults: Readonly<Record<string, string>> = {
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
  TF_ENABLE_ONEDNN_OPTS: '0',
  TF_CPP_MIN_LOG_LEVEL: '2',
};

/** Functions of `util` that tfjs-node 4.22.0 calls: Node 23 removed the first, earlier versions warn of both. */
const ownUtil: Readonly<Record<string, (value: unknown) => boolean>> = {
  isNullOrUndefined: (value) => value === null || value === undefined,
  isArray: (value) => Array.isArray(value),
};

/** Makes the process ready for tfjs-node. Call before the package is loaded. */
export function prepareNativeEnvironment(process: NodeProcess): void {
  for (const [name, value] of Object.entries(environmentDefaults)) process.env[name] ??= value;
  const util = process.getBuiltinModule?.('util');
  if (!util) return;
  Object.assign(util, ownUtil);
}

/**
 * Chooses Eigen's matrix products instead of oneDNN's. Those point the stack register into a buffer on the heap while they
 * compute (TensorFlow 2.21), and a signal that arrives then, such as Ctrl-C or the resizing of a terminal, is handled there
 * and overwrites the heap: the process aborts with "corrupted size vs. prev_size". The binding that `npm run native` builds
 * holds signals back instead, and has said so by the time it is loaded. Call after that, before anything is computed.
 */
export function avoidUnsafeProducts({ env }: NodeProcess): void {
  env['TENSORFLOW_USE_CUSTOM_CONTRACTION_KERNEL'] ??= '0';
}

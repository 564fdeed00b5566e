import { availableParallelism, cpus } from 'node:os';

/** What figures were taken on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** Version, and flags that change how WebAssembly runs. */
  readonly node: string;
  readonly backend: string;
}

/** This machine, as far as it matters for a figure. */
export function machine(backend: string): Machine {
  const processor = cpus()[0]?.model.trim() ?? 'unknown';
  const flags = process.execArgv.filter((flag) => flag.includes('wasm'));
  return { processor, cores: availableParallelism(), node: [process.versions.node, ...flags].join(' '), backend };
}

import { availableParallelism, cpus } from 'node:os';

/** What figures were taken on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly node: string;
  readonly backend: string;
}

/** This machine, as far as it matters for a figure. */
export function machine(backend: string): Machine {
  const processor = cpus()[0]?.model.trim() ?? 'unknown';
  return { processor, cores: availableParallelism(), node: process.versions.node, backend };
}

import { statfsSync } from 'node:fs';
import { cpus, freemem, totalmem } from 'node:os';
import { monitorEventLoopDelay, performance, type IntervalHistogram } from 'node:perf_hooks';

/** Counters of the machine and of this process at one moment; times since an arbitrary start. */
export interface MachineReading {
  readonly atMs: number;
  /** CPU time of all cores together that was not idle. */
  readonly machineBusyMs: number;
  /** CPU time of all cores together. */
  readonly machineTotalMs: number;
  readonly coreCount: number;
  /** CPU time of this process, user and system. */
  readonly processBusyMs: number;
  readonly processMemoryBytes: number;
  readonly heapUsedBytes: number;
  readonly machineMemoryUsedBytes: number;
  readonly machineMemoryBytes: number;
  /** Of the disk that holds the root folder; `undefined` where the system does not tell. */
  readonly disk: { readonly usedBytes: number; readonly availableBytes: number } | undefined;
  /** Since the reading before; `undefined` when the event loop did not run in between. */
  readonly eventLoopLag: { readonly meanMs: number; readonly p99Ms: number } | undefined;
}

/** Gives readings, until it is stopped. */
export interface MachineProbe {
  read(): MachineReading;
  stop(): void;
}

/** The histogram measures the time between ticks that are due this often; what is more than this is lag. */
const tickMs = 20;

/** Starts to watch the event loop; the rest is read when asked for. */
export function startMachineProbe(): MachineProbe {
  const delay = monitorEventLoopDelay({ resolution: tickMs });
  delay.enable();
  return {
    read: () => {
      const cores = cpus();
      const idleMs = cores.reduce((sum, { times }) => sum + times.idle, 0);
      const machineTotalMs = cores.reduce((sum, { times }) => sum + sumOf(Object.values(times)), 0);
      const { user, system } = process.cpuUsage();
      const { rss, heapUsed } = process.memoryUsage();
      const reading = {
        atMs: performance.now(),
        machineBusyMs: machineTotalMs - idleMs,
        machineTotalMs,
        coreCount: Math.max(1, cores.length),
        processBusyMs: (user + system) / 1000,
        processMemoryBytes: rss,
        heapUsedBytes: heapUsed,
        machineMemoryUsedBytes: totalmem() - freemem(),
        machineMemoryBytes: totalmem(),
        disk: readDisk(),
        eventLoopLag: lagOf(delay),
      };
      delay.reset();
      return reading;
    },
    stop: () => {
      delay.disable();
    },
  };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function lagOf(delay: IntervalHistogram): MachineReading['eventLoopLag'] {
  if (!Number.isFinite(delay.mean)) return undefined;
  const lag = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - tickMs);
  return { meanMs: lag(delay.mean), p99Ms: lag(delay.percentile(99)) };
}

function readDisk(): MachineReading['disk'] {
  try {
    const { bsize, blocks, bfree, bavail } = statfsSync('/');
    return { usedBytes: bsize * (blocks - bfree), availableBytes: bsize * bavail };
  } catch {
    return undefined;
  }
}

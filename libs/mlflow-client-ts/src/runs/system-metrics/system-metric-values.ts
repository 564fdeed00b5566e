import type { MachineReading } from './machine-reading.js';

/**
 * The system metrics between two readings, by key, rounded to three digits. MLflow's own keys where it has them (`cpu_…`, `system_memory_…`,
 * `disk_…`); percentages in [0, 100], megabytes of 10⁶ bytes, as there. CPU of the process is a share of all cores.
 */
export function systemMetricValues(before: MachineReading, now: MachineReading): Record<string, number> {
  const elapsedMs = (now.atMs - before.atMs) * now.coreCount;
  const values: Record<string, number | undefined> = {
    cpu_utilization_percentage: share(
      now.machineBusyMs - before.machineBusyMs,
      now.machineTotalMs - before.machineTotalMs,
    ),
    process_cpu_utilization_percentage: share(now.processBusyMs - before.processBusyMs, elapsedMs),
    process_memory_megabytes: now.processMemoryBytes / 1e6,
    process_heap_megabytes: now.heapUsedBytes / 1e6,
    system_memory_usage_megabytes: now.machineMemoryUsedBytes / 1e6,
    system_memory_usage_percentage: share(now.machineMemoryUsedBytes, now.machineMemoryBytes),
    event_loop_lag_milliseconds: now.eventLoopLag?.meanMs,
    event_loop_lag_p99_milliseconds: now.eventLoopLag?.p99Ms,
    ...diskValues(now),
  };
  const known = Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== undefined);
  return Object.fromEntries(known.map(([key, value]) => [`system/${key}`, Math.round(value * 1000) / 1000]));
}

function diskValues({ disk }: MachineReading): Record<string, number | undefined> {
  if (disk === undefined) return {};
  return {
    // As df has it: what only the administrator may use counts neither as used nor as available.
    disk_usage_percentage: share(disk.usedBytes, disk.usedBytes + disk.availableBytes),
    disk_usage_megabytes: disk.usedBytes / 1e6,
    disk_available_megabytes: disk.availableBytes / 1e6,
  };
}

/** In percent; `undefined` when nothing can be said. */
function share(part: number, whole: number): number | undefined {
  if (whole <= 0) return undefined;
  return Math.min(100, Math.max(0, (100 * part) / whole));
}

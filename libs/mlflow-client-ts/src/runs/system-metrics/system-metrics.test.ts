import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startMachineProbe, type MachineReading } from './machine-reading.js';
import { sampleSystemMetrics } from './sample-system-metrics.js';
import { systemMetricValues } from './system-metric-values.js';

const before: MachineReading = {
  atMs: 1000,
  machineBusyMs: 100,
  machineTotalMs: 1000,
  coreCount: 4,
  processBusyMs: 50,
  processMemoryBytes: 1e6,
  heapUsedBytes: 1e6,
  machineMemoryUsedBytes: 1e9,
  machineMemoryBytes: 4e9,
  disk: undefined,
  eventLoopLag: undefined,
};
const later: MachineReading = {
  ...before,
  atMs: 2000,
  machineBusyMs: 1100,
  machineTotalMs: 5000,
  processBusyMs: 850,
  processMemoryBytes: 123_456_789,
  disk: { usedBytes: 3e9, availableBytes: 1e9 },
  eventLoopLag: { meanMs: 1.5, p99Ms: 40 },
};

describe('systemMetricValues()', () => {
  it('gives shares between two readings in percent, and amounts in megabytes', () => {
    expect(systemMetricValues(before, later)).toEqual({
      'system/cpu_utilization_percentage': 25,
      'system/process_cpu_utilization_percentage': 20,
      'system/process_memory_megabytes': 123.457,
      'system/process_heap_megabytes': 1,
      'system/system_memory_usage_megabytes': 1000,
      'system/system_memory_usage_percentage': 25,
      'system/event_loop_lag_milliseconds': 1.5,
      'system/event_loop_lag_p99_milliseconds': 40,
      'system/disk_usage_percentage': 75,
      'system/disk_usage_megabytes': 3000,
      'system/disk_available_megabytes': 1000,
    });
  });

  it('leaves out what two readings at the same moment cannot tell', () => {
    expect(Object.keys(systemMetricValues(before, before))).toEqual([
      'system/process_memory_megabytes',
      'system/process_heap_megabytes',
      'system/system_memory_usage_megabytes',
      'system/system_memory_usage_percentage',
    ]);
  });
});

describe('startMachineProbe()', () => {
  it('reads counters that only grow, of a machine that has memory', () => {
    const probe = startMachineProbe();
    const [one, two] = [probe.read(), probe.read()];
    probe.stop();
    expect(two.atMs).toBeGreaterThanOrEqual(one.atMs);
    expect(two.machineTotalMs).toBeGreaterThanOrEqual(one.machineTotalMs);
    expect(two.processBusyMs).toBeGreaterThanOrEqual(one.processBusyMs);
    expect(two.machineMemoryUsedBytes).toBeLessThan(two.machineMemoryBytes);
    expect(two.processMemoryBytes).toBeGreaterThan(1e6);
  });
});

describe('sampleSystemMetrics()', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('samples once per interval, and once more when it is stopped', () => {
    const stop = vi.fn();
    const steps: number[] = [];
    const end = sampleSystemMetrics(
      { intervalMs: 100 },
      { probe: { read: () => later, stop }, firstStep: 7, log: (_, step) => steps.push(step) },
    );
    vi.advanceTimersByTime(250);
    expect(steps).toEqual([7, 8]);
    end();
    expect(steps).toEqual([7, 8, 9]);
    expect(stop).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });
});

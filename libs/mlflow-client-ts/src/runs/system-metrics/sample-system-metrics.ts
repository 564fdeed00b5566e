import { startMachineProbe, type MachineProbe } from './machine-reading.js';
import { systemMetricValues } from './system-metric-values.js';

/** How system metrics are sampled. */
export interface SystemMetricsOptions {
  /** Between two samples, in ms. @default 10 000, as MLflow's */
  readonly intervalMs?: number;
}

/** What a sampler needs. */
export interface SamplerPorts {
  readonly probe?: MachineProbe;
  /** Takes each sample; steps count up from `firstStep`. */
  log(values: Readonly<Record<string, number>>, step: number): void;
  readonly firstStep: number;
}

/**
 * Samples until it is stopped, by a timer that does not keep the process alive. Stopping takes a last sample, so that a run shorter than the
 * interval has one, too.
 *
 * @returns stops it
 */
export function sampleSystemMetrics({ intervalMs = 10_000 }: SystemMetricsOptions, ports: SamplerPorts): () => void {
  const probe = ports.probe ?? startMachineProbe();
  let before = probe.read();
  let step = ports.firstStep;
  const sample = (): void => {
    const now = probe.read();
    ports.log(systemMetricValues(before, now), step);
    step++;
    before = now;
  };
  const timer = setInterval(sample, intervalMs).unref();
  return () => {
    clearInterval(timer);
    sample();
    probe.stop();
  };
}

import { metricDefinitions, type MetricDefinition, type MetricName } from '@i-drill/monitoring';
import { Counter, Histogram, Registry } from 'prom-client';
import type { PredictionLog } from './prediction-log.js';
import type { ServedOutcome, ServedRequest, ServerIdentity } from './prediction-recorder.js';

/** The metrics of one model server, in a registry of its own. A request of N windows counts as N predictions. */
export class ServerMetrics {
  readonly registry: Registry = new Registry();
  private readonly identity: ServerIdentity;
  private readonly counters = new Map<MetricName, Counter>();
  private readonly histograms = new Map<MetricName, Histogram>();

  constructor(identity: ServerIdentity, predictionLog: PredictionLog | undefined) {
    this.identity = identity;
    for (const definition of metricDefinitions) this.define(definition);
    if (predictionLog !== undefined) countLostRecords(this.registry, predictionLog);
  }

  observe({ arm, invocation, latencyMs }: ServedRequest, outcome: ServedOutcome): void {
    const labels = { ...this.identity, arm };
    const { count } = invocation;
    this.counters.get('model_predictions_total')?.inc(labels, count);
    for (let i = 0; i < count; i++) this.histograms.get('model_latency_ms')?.observe(labels, latencyMs);
    if (!outcome.ok) this.counters.get('model_errors_total')?.inc(labels, count);
    else
      for (const value of outcome.outputs.prediction)
        this.histograms.get('model_prediction_score')?.observe(labels, value);
  }

  private define({ name, help, type, labels, buckets }: MetricDefinition): void {
    const common = { name, help, labelNames: labels, registers: [this.registry] };
    if (type === 'histogram') this.histograms.set(name, new Histogram({ ...common, buckets: [...(buckets ?? [])] }));
    else this.startCounter(new Counter(common), name);
  }

  /** A counter that exists from the start reads 0, not nothing: `rate()` sees the first error. */
  private startCounter(counter: Counter, name: MetricName): void {
    counter.inc({ ...this.identity }, 0);
    this.counters.set(name, counter);
  }
}

function countLostRecords(registry: Registry, predictionLog: PredictionLog): void {
  new Counter({
    name: 'prediction_log_lost_records_total',
    help: 'Predictions that were served but could not be logged',
    registers: [registry],
    collect(): void {
      this.reset();
      this.inc(predictionLog.lostRecords);
    },
  });
}

import type { Clock } from '@i-drill/core';
import type { PredictionRecord } from '@i-drill/monitoring';
import type { Predictions } from '@i-drill/onnx';
import type { Invocation } from './invocation.js';
import type { PredictionLog } from './prediction-log.js';
import type { ArmRole } from './request-headers.js';
import type { ServerMetrics } from './server-metrics.js';

/** Who serves: the labels of every metric and of every record. */
export interface ServerIdentity {
  readonly model: string;
  readonly version: string;
  readonly stage: string;
  readonly environment: string;
  /** For requests that do not come through a router; a router names the role itself. */
  readonly arm: ArmRole;
}

/** One scoring request that reached the model. */
export interface ServedRequest {
  readonly requestId: string;
  readonly rig: string | undefined;
  readonly arm: ArmRole;
  readonly invocation: Invocation;
  /** From the first byte of the request to the prediction. */
  readonly latencyMs: number;
}

/** How it ended: one prediction per window, or a short word for what failed. */
export type ServedOutcome =
  { readonly ok: true; readonly outputs: Predictions } | { readonly ok: false; readonly error: string };

/** What a recorder writes to. */
export interface RecorderOptions {
  readonly identity: ServerIdentity;
  /** Rows and values per window, for the log. */
  readonly windowShape: { readonly length: number; readonly features: number };
  readonly metrics: ServerMetrics;
  readonly predictionLog: PredictionLog | undefined;
  readonly clock: Clock;
}

/** Tells metrics and log about a request: one record per window. */
export function recordRequest(options: RecorderOptions, request: ServedRequest, outcome: ServedOutcome): void {
  options.metrics.observe(request, outcome);
  const { predictionLog } = options;
  if (predictionLog === undefined) return;
  const at = options.clock.now();
  for (let i = 0; i < request.invocation.count; i++) {
    predictionLog.append({ at, ...recordOf(options, request, outcome, i) });
  }
}

function recordOf(
  { identity, windowShape }: RecorderOptions,
  { requestId, rig, arm, invocation, latencyMs }: ServedRequest,
  outcome: ServedOutcome,
  i: number,
): Omit<PredictionRecord, 'at'> {
  const { model, version, environment } = identity;
  return {
    ...{ requestId, model, version, arm, environment, latencyMs, ok: outcome.ok },
    ...(rig === undefined ? {} : { rig }),
    ...(outcome.ok ? answerAt(outcome.outputs, i) : { error: outcome.error }),
    inputs: windowAt(invocation.inputs, i, windowShape),
  };
}

function answerAt(
  { prediction, lower, upper }: Predictions,
  i: number,
): Pick<PredictionRecord, 'output' | 'lower' | 'upper'> {
  const output = prediction[i]!;
  return lower && upper ? { output, lower: lower[i]!, upper: upper[i]! } : { output };
}

function windowAt(
  inputs: Float64Array,
  i: number,
  { length, features }: { length: number; features: number },
): number[][] {
  const start = i * length * features;
  return Array.from({ length }, (_, t) =>
    Array.from(inputs.subarray(start + t * features, start + (t + 1) * features)),
  );
}

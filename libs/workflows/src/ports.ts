import type { Clock, Logger, ModelSignature, PredictionInterval, Preprocessing } from '@i-drill/core';
import type { VersionStore } from '@i-drill/registry';
import type { SequenceModel } from '@i-drill/training';

/** One point of a metric's history. */
export interface MetricPoint {
  readonly key: string;
  readonly value: number;
  /** Milliseconds since the Unix epoch. */
  readonly timestamp: number;
  readonly step: number;
}

/** Where a run's data came from. */
export interface DatasetReference {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  readonly schema?: string;
  readonly profile?: string;
  /** `training`, `validation` or `test`. */
  readonly context?: string;
}

/** How a run ended, in MLflow's words. */
export type RunEnd = 'FINISHED' | 'FAILED' | 'KILLED';

/** What the loop needs of a tracking store. Met by `MlflowClient` of mlflow-client-ts, embedded or remote. */
export interface RunStore {
  ensureExperiment(name: string): Promise<string>;
  createRun(run: {
    readonly experimentId: string;
    readonly runName?: string;
    readonly startTime?: number;
    readonly tags?: Readonly<Record<string, string>>;
  }): Promise<{ readonly runId: string; readonly artifactUri: string }>;
  getRun(runId: string): Promise<{
    readonly experimentId: string;
    readonly params: Readonly<Record<string, string>>;
    readonly metrics: Readonly<Record<string, number>>;
  }>;
  updateRun(runId: string, change: { readonly status?: RunEnd; readonly endTime?: number }): Promise<void>;
  logBatch(
    runId: string,
    batch: {
      readonly metrics?: readonly MetricPoint[];
      readonly params?: Readonly<Record<string, string>>;
      readonly tags?: Readonly<Record<string, string>>;
    },
  ): Promise<void>;
  logInputs(runId: string, datasets: readonly DatasetReference[]): Promise<void>;
  recordModel(runId: string, mlmodel: MlmodelDescription): Promise<void>;
  uploadArtifact(runId: string, path: string, content: Uint8Array | string): Promise<void>;
  downloadArtifact(runId: string, path: string): Promise<Uint8Array>;
}

/** MLmodel as MLflow writes it. */
export type MlmodelDescription = Readonly<Record<string, unknown>>;

/** What a model answers for some windows, shape [count] each. */
export interface Predictions {
  /** Target units, or the index of the most probable class. */
  readonly prediction: Float32Array;
  /** Ends of the interval, target units; models with an interval. */
  readonly lower?: Float32Array;
  readonly upper?: Float32Array;
  /** Of each class, row-major, shape [count, classes]; models of classes. */
  readonly probabilities?: Float32Array;
}

/** An ONNX model that can predict. */
export interface RunnableModel {
  predict(inputs: Float32Array, count: number): Promise<Float32Array>;
  /** The same with everything else the model gives. */
  predictAll(inputs: Float32Array, count: number): Promise<Predictions>;
  close(): Promise<void>;
}

/** The trained network as a file, and back. */
export interface ModelFormat {
  exportModel(model: SequenceModel): Uint8Array;
  signatureOf(preprocessing: Preprocessing, interval?: PredictionInterval): ModelSignature;
  open(onnx: Uint8Array): Promise<RunnableModel>;
  /** Everything that goes into the model folder, in MLflow's own layout. */
  packageModel(input: ModelPackageInput): {
    readonly files: Readonly<Record<string, Uint8Array | string>>;
    readonly mlmodel: MlmodelDescription;
  };
}

/** What a model folder is made from. */
export interface ModelPackageInput {
  readonly onnx: Uint8Array;
  readonly signature: ModelSignature;
  readonly runId: string;
  readonly artifactPath: string;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** Nested lists of the shape of the only input. */
  readonly inputExample: readonly (readonly (number | readonly number[])[])[];
  readonly extraFiles: Readonly<Record<string, string>>;
}

/** The world, as the loop sees it. */
export interface LoopPorts {
  readonly store: RunStore & VersionStore;
  readonly models: ModelFormat;
  readonly clock: Clock;
  readonly logger: Logger;
  /** SHA-256, hex. */
  readonly sha256: (content: Uint8Array | string) => string;
  readonly decodeText: (content: Uint8Array) => string;
}

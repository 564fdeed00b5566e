import type { ArtifactMethods } from './artifacts.js';
import type { ExperimentMethods } from './experiments.js';
import type { LoggedModelMethods } from './logged-models.js';
import type { MetricMethods } from './metrics.js';
import type { ModelVersionMethods } from './model-versions.js';
import type { RegisteredModelMethods } from './registered-models.js';
import type { RunMethods } from './runs.js';
import type { ServerMethods } from './server.js';
import type { WebhookMethods } from './webhooks.js';

/** Limits of every call made through a client. */
export interface CallOptions {
  /** Ends calls, and waits between their tries, with MLFLOW_ABORTED. */
  readonly signal?: AbortSignal;
  /** The longest wait for one answer of a server, in ms. @default that of the client */
  readonly timeoutMs?: number;
  /** Tries of one call of a server, the first included. @default that of the client */
  readonly maxAttempts?: number;
}

/** Everything that is kept in a store. */
export interface StoreMethods
  extends
    ExperimentMethods,
    RunMethods,
    MetricMethods,
    ArtifactMethods,
    LoggedModelMethods,
    RegisteredModelMethods,
    ModelVersionMethods,
    WebhookMethods,
    ServerMethods {
  /** As given, without credentials. */
  readonly trackingUri: string;
}

/**
 * Tracking and registry of MLflow. The REST client and the embedded file store behave alike, down to the codes of their
 * errors; one contract suite (`mlflow-client-ts/testing`) runs against both.
 */
export interface MlflowClient extends StoreMethods {
  /** The same store under other limits: `client.with({ signal }).getRun(…)`. */
  with(options: CallOptions): MlflowClient;
}

import type { SensorDataset } from '@i-drill/core';
import type { MonitoringReport } from '@i-drill/monitoring';
import { promotionHistory, readEvidence, type ModelVersion } from '@i-drill/registry';
import {
  decideRetraining,
  type RetrainingDecision,
  type RetrainingSettings,
  type RetrainingState,
} from '@i-drill/retraining';
import { regressionMetrics } from '@i-drill/validation';
import { openVersion, readRecipe } from './model-artifact.js';
import type { LoopPorts } from './ports.js';
import { examOf } from './score.js';
import { rowsOf } from './training-log.js';

/** What the decision looks at. */
export interface RetrainRequest {
  readonly production?: ModelVersion;
  readonly settings: RetrainingSettings;
  /** The latest check of the version in service. */
  readonly monitoring?: MonitoringReport;
  /** Labelled data that came in since the version was trained. */
  readonly arrived?: SensorDataset;
  /** When the last retraining was started, ms since the Unix epoch. */
  readonly lastRetrainingAt?: number;
}

/** The decision, and how the version does on the labelled data that came in. */
export interface RetrainingCheck {
  readonly decision: RetrainingDecision;
  readonly liveMetrics?: Readonly<Record<string, number>>;
  readonly newRows: number;
}

/** Gathers the state of the version in service and decides. */
export async function checkRetraining(ports: LoopPorts, request: RetrainRequest): Promise<RetrainingCheck> {
  const { production, arrived, settings } = request;
  const newRows = arrived === undefined ? 0 : rowsOf(arrived);
  const base = { now: ports.clock.now(), newRows, ...optionalState(request) };
  if (production === undefined) return { decision: decideRetraining(settings, base), newRows };
  const live = arrived === undefined ? undefined : await metricsOn(ports, production, arrived);
  const state: RetrainingState = {
    ...base,
    productionVersion: await describeProduction(ports, production),
    ...(live === undefined ? {} : { live: { metrics: live, status: 'passed' as const } }),
  };
  const decision = decideRetraining(settings, state);
  return { decision, newRows, ...(live === undefined ? {} : { liveMetrics: live }) };
}

function optionalState({ monitoring, lastRetrainingAt }: RetrainRequest): Partial<RetrainingState> {
  const drift = monitoring?.drift;
  return {
    ...(drift === undefined ? {} : { drift: { status: drift.status, share: drift.driftedShare } }),
    ...(lastRetrainingAt === undefined ? {} : { lastRetrainingAt }),
  };
}

async function describeProduction(
  ports: LoopPorts,
  version: ModelVersion,
): Promise<NonNullable<RetrainingState['productionVersion']>> {
  const evidence = readEvidence(version);
  const [history, recipe] = await Promise.all([
    promotionHistory(ports.store, version.name),
    readRecipe(ports, version),
  ]);
  const promotions = history.filter((record) => record.version === version.version && record.to === 'Production');
  return {
    version: version.version,
    promotedAt: promotions.at(-1)?.when ?? version.creationTimestamp,
    validationMetrics: evidence.metrics,
    trainingRows: recipe.rows,
    dataFingerprint: evidence.dataFingerprint,
  };
}

async function metricsOn(
  ports: LoopPorts,
  version: ModelVersion,
  arrived: SensorDataset,
): Promise<Record<string, number>> {
  const { model, evidence } = await openVersion(ports, version);
  try {
    const { windowLength, targetCap } = evidence.preprocessing;
    const { windows } = examOf(arrived, { windowLength, ...(targetCap === undefined ? {} : { targetCap }) });
    const predictions = await model.predict(windows.inputs, windows.count);
    return { ...regressionMetrics(Array.from(windows.targets), Array.from(predictions)) };
  } finally {
    await model.close();
  }
}

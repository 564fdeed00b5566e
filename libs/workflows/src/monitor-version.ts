import { smokeTestRig } from '@i-drill/deployment';
import type { ReferenceProfile } from '@i-drill/drift';
import { monitoringMetrics, summariseWindow, type MonitoringReport, type PredictionRecord } from '@i-drill/monitoring';
import type { ModelVersion } from '@i-drill/registry';
import { readReference } from './model-artifact.js';
import type { LoopPorts } from './ports.js';
import { withRun } from './with-run.js';

type WindowSettings = Omit<Parameters<typeof summariseWindow>[0], 'records' | 'reference' | 'fromMs' | 'toMs'>;

/** One check of a version in service. */
export interface MonitorRequest {
  readonly version: ModelVersion;
  /** Every record of the time window; those of other versions are left out here. */
  readonly records: readonly PredictionRecord[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly settings: WindowSettings;
  /** MLflow experiment the figures go to; `undefined` = not logged. */
  readonly experiment?: string;
}

/** Looks at one time window of a version's predictions and logs what was seen. */
export async function monitorVersion(ports: LoopPorts, request: MonitorRequest): Promise<MonitoringReport> {
  const { version, fromMs, toMs } = request;
  const reference: ReferenceProfile = await readReference(ports, version);
  const records = request.records.filter((record) => isLive(record, version));
  const report = summariseWindow({ ...request.settings, records, reference, fromMs, toMs });
  if (request.experiment !== undefined) await logReport(ports, request.experiment, version, report);
  return report;
}

/** Smoke tests are answered like any request, but no rig sent them. */
function isLive(record: PredictionRecord, { name, version }: ModelVersion): boolean {
  return record.model === name && record.version === version && record.rig !== smokeTestRig;
}

function logReport(
  ports: LoopPorts,
  experiment: string,
  version: ModelVersion,
  report: MonitoringReport,
): Promise<void> {
  const tags = {
    'i_drill.model': version.name,
    'i_drill.version': version.version,
    'i_drill.health': report.status,
    'i_drill.reasons': report.reasons.join('; ').slice(0, 5000),
  };
  return withRun(ports, { experiment, runName: `${version.name}-monitor`, tags }, async ({ runId }) => {
    const timestamp = ports.clock.now();
    const metrics = Object.entries(monitoringMetrics(report)).map(([key, value]) => ({
      key,
      value,
      timestamp,
      step: 0,
    }));
    await ports.store.logBatch(runId, { metrics });
    await ports.store.uploadArtifact(runId, 'monitoring/report.json', `${JSON.stringify(report, null, 2)}\n`);
  });
}

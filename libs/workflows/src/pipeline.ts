import type { MonitoringReport } from '@i-drill/monitoring';
import type { ModelVersion } from '@i-drill/registry';
import type { RetrainingCheck } from './decide-retraining.js';
import type { DeployedVersion } from './deploy-version.js';
import type { TrainedVersion } from './train-version.js';
import type { ValidatedVersion } from './validate-version.js';

/** The steps of the loop, in order. Each takes a version and returns a value about it. */
export interface PipelineSteps {
  train(): Promise<TrainedVersion>;
  validate(version: ModelVersion): Promise<ValidatedVersion>;
  deploy(version: ModelVersion): Promise<DeployedVersion>;
  monitor(version: ModelVersion): Promise<MonitoringReport>;
  retrain(version: ModelVersion, monitoring: MonitoringReport): Promise<RetrainingCheck>;
}

/** How far the loop came, with the value of every step that ran. */
export interface PipelineOutcome {
  readonly status: 'completed' | 'stopped';
  /** Where and why it stopped. */
  readonly stopped?: { readonly step: 'validate' | 'deploy'; readonly reason: string };
  readonly trained: TrainedVersion;
  readonly validated?: ValidatedVersion;
  readonly deployed?: DeployedVersion;
  readonly monitoring?: MonitoringReport;
  readonly retraining?: RetrainingCheck;
}

/** Runs the loop once; a version that is not proven or does not hold goes no further. */
export async function runPipeline(steps: PipelineSteps): Promise<PipelineOutcome> {
  const trained = await steps.train();
  const validated = await steps.validate(trained.version);
  const { version } = validated;
  if (!validated.promoted) {
    const reason = `verdict ${validated.verdict.status}: ${failedChecks(validated)}`;
    return { status: 'stopped', stopped: { step: 'validate', reason }, trained, validated };
  }
  const deployed = await steps.deploy(version);
  if (deployed.outcome.outcome !== 'promoted') {
    const stopped = { step: 'deploy', reason: deployed.outcome.reason } as const;
    return { status: 'stopped', stopped, trained, validated, deployed };
  }
  const monitoring = await steps.monitor(version);
  const retraining = await steps.retrain(version, monitoring);
  return { status: 'completed', trained, validated, deployed, monitoring, retraining };
}

function failedChecks({ verdict }: ValidatedVersion): string {
  const stopping = verdict.checks.filter(
    (check) => check.status !== 'passed' && check.consequences[check.status] === 'block',
  );
  return stopping.map((check) => `${check.check} ${check.status} (${check.reason})`).join('; ');
}

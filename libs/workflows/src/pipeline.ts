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

/** How far the loop goes by itself. */
export interface PipelineOptions {
  /** Whether a version that passed goes into service at once; otherwise it waits in Staging for a person. */
  readonly deployUnattended: boolean;
}

/**
 * Runs the loop once; a version that is not proven or does not hold goes no further. Where a person is to deploy, the loop
 * stops after validation and no traffic is moved.
 */
export async function runPipeline(
  steps: PipelineSteps,
  options: PipelineOptions = { deployUnattended: true },
): Promise<PipelineOutcome> {
  const trained = await steps.train();
  const validated = await steps.validate(trained.version);
  const { version } = validated;
  if (!validated.promoted) {
    const reason = `verdict ${validated.verdict.status}: ${failedChecks(validated)}`;
    return { status: 'stopped', stopped: { step: 'validate', reason }, trained, validated };
  }
  if (!options.deployUnattended) {
    return { status: 'stopped', stopped: { step: 'deploy', reason: waitsFor(validated) }, trained, validated };
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

function waitsFor({ version: { name, version, runId }, reportPath }: ValidatedVersion): string {
  return (
    `version ${version} waits in Staging: look at its report (${reportPath} of run ${runId}), then run ` +
    `\`i-drill deploy --model-name ${name} --model-version ${version}\`: ` +
    'it moves traffic and, if the canary holds, promotes to Production'
  );
}

function failedChecks({ verdict }: ValidatedVersion): string {
  const stopping = verdict.checks.filter(
    (check) => check.status !== 'passed' && check.consequences[check.status] === 'block',
  );
  return stopping.map((check) => `${check.check} ${check.status} (${check.reason})`).join('; ');
}

import { readEvidence, type ModelVersion } from '@i-drill/registry';
import { runPipeline, type PipelineOutcome, type PipelineSteps } from '@i-drill/workflows';
import type { CommandContext } from '../context.js';
import { rigStreams, type RigStream } from '../traffic.js';
import { deploymentLines } from '../commands/deploy.js';
import { deployStep } from './deploy-step.js';
import { monitoringLines, monitorStep } from './monitor-step.js';
import { retrainingLines, retrainStep } from './retrain-step.js';
import { trainStep, type TrainStep, type TrainStepOptions } from './train-step.js';
import { validateStep } from './validate-step.js';

/** One turn of the loop. */
export interface PipelineStepOptions extends TrainStepOptions {
  /** Requests per second sent while the canary runs; the windows are those of the test units. */
  readonly requestsPerSecond: number;
}

/** How the turn ended, and where the service is. */
export interface PipelineStep {
  readonly outcome: PipelineOutcome;
  readonly url?: string;
}

/** Runs the loop once, telling what it does. */
export async function pipelineStep(context: CommandContext, options: PipelineStepOptions): Promise<PipelineStep> {
  const { output } = context;
  const startedAt = context.ports.clock.now();
  let step: TrainStep | undefined;
  let url: string | undefined;
  const title = (text: string): void => {
    output.progress(`\n== ${text}`);
  };
  const steps: PipelineSteps = {
    train: async () => {
      title('train');
      step = await trainStep(context, options);
      return step.trained;
    },
    validate: (version) => {
      title('validate');
      return validateStep(context, version, requireStep(step).prepared);
    },
    deploy: async (version) => {
      title('deploy');
      const deployed = await deployStep(context, {
        version,
        promoteToProduction: true,
        traffic: { rigs: testRigs(requireStep(step), version), requestsPerSecond: options.requestsPerSecond },
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      });
      url = deployed.url;
      for (const line of deploymentLines(deployed, `version ${version.version}`)) output.progress(line);
      return deployed;
    },
    monitor: async (version) => {
      title('monitor');
      const report = await monitorStep(context, version, { fromMs: startedAt, toMs: context.ports.clock.now() });
      for (const line of monitoringLines(report)) output.progress(line);
      return report;
    },
    retrain: async (production, monitoring) => {
      title('retrain?');
      const check = await retrainStep(context, { production, monitoring });
      for (const line of retrainingLines(check)) output.progress(line);
      return check;
    },
  };
  const deployUnattended = context.config.mlflow.promotion.auto_promote;
  const outcome = await runPipeline(steps, { deployUnattended });
  return { outcome, ...(url === undefined ? {} : { url }) };
}

function requireStep(step: TrainStep | undefined): TrainStep {
  if (step === undefined) throw new RangeError('Cannot go on: no version was trained');
  return step;
}

function testRigs({ prepared }: TrainStep, version: ModelVersion): RigStream[] {
  return rigStreams(prepared.data.test, readEvidence(version).preprocessing.windowLength);
}

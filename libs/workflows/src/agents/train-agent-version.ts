import type { AbortSignalLike } from '@i-drill/core';
import { wellFigures, type WellFigures } from '@i-drill/drilling';
import { registerVersion, type AgentEvidence, type ModelVersion } from '@i-drill/registry';
import {
  describePolicy,
  trainAgent,
  type AgentCheckpoint,
  type AgentPlan,
  type AgentProgress,
  type AgentTrainer,
  type Policy,
  type TrainedAgent,
} from '@i-drill/training/agents';
import { WorkflowError } from '../errors.js';
import { modelFolder } from '../model-artifact.js';
import { exportDifferenceMetric } from '../outcome-log.js';
import { withRun, type OpenRun } from '../with-run.js';
import { agentFigures } from './agent-figures.js';
import type { AgentPorts } from './agent-ports.js';
import { openAgentLog } from './agent-log.js';
import { choosing, drillRange, referenceRules, type DrillingScenario } from './drilling-scenario.js';
import { proveAgentExport, type ProvenAgent } from './prove-agent-export.js';

/** One training of an agent, complete. */
export interface TrainAgentVersionRequest {
  readonly modelName: string;
  readonly experiment: string;
  readonly plan: AgentPlan;
  readonly trainer: AgentTrainer;
  readonly scenario: DrillingScenario;
  /** Evaluations over the training. */
  readonly evaluations: number;
  /** Largest allowed difference between training's policy and the served one, as a share of the range of a set-point. */
  readonly exportTolerance: number;
  readonly who: string;
  readonly gitCommit: string;
  readonly resumeFrom?: AgentCheckpoint;
  readonly onCheckpoint?: (checkpoint: AgentCheckpoint) => void | Promise<void>;
  readonly onProgress?: (progress: AgentProgress) => void;
  readonly signal?: AbortSignalLike;
}

/** What a training of an agent brought forth. */
export interface TrainedAgentVersion {
  readonly version: ModelVersion;
  readonly runId: string;
  /** On the test wells. */
  readonly figures: WellFigures;
  /** The same of the rules it is compared with, by name. */
  readonly references: Readonly<Record<string, WellFigures>>;
  readonly exportDifference: number;
  /** Environment steps after which the kept policy stood. */
  readonly keptAt: number;
}

/** Files beside `model.onnx` that make the version of an agent complete. */
const agentFiles = { scenario: 'scenario.json', policy: 'policy.json' } as const;

/**
 * Trains an agent to drill, exports the best policy, proves the export, judges it on wells of its own, logs all of it as one
 * run and registers the version with its evidence. A run that fails is marked so and registers nothing.
 */
export function trainAgentVersion(ports: AgentPorts, request: TrainAgentVersionRequest): Promise<TrainedAgentVersion> {
  const options = {
    experiment: request.experiment,
    runName: `${request.modelName}-train`,
    tags: {
      'mlflow.user': request.who,
      'mlflow.source.name': `i-drill train ${request.plan.type}`,
      'mlflow.source.type': 'LOCAL',
      'mlflow.source.git.commit': request.gitCommit,
      'i_drill.backend': 'kernels',
      'i_drill.data_fingerprint': scenarioFingerprint(ports, request.scenario),
    },
  };
  return withRun(ports, options, (run) => trainInRun(ports, request, run));
}

/** What stands for the data of an agent: the scenario it was trained for. */
function scenarioFingerprint(ports: AgentPorts, scenario: DrillingScenario): string {
  return ports.sha256(JSON.stringify(scenario));
}

async function trainInRun(
  ports: AgentPorts,
  request: TrainAgentVersionRequest,
  run: OpenRun,
): Promise<TrainedAgentVersion> {
  const { scenario } = request;
  const log = openAgentLog(ports, run.runId);
  await log.begin(request);
  const trained = await train(ports, request, log.add);
  await log.flush();
  refuseInterrupted(request, run.runId, trained);
  const { policy, timesteps: keptAt } = trained.best;
  const proof = await proveAgentExport(ports, policy, scenario);
  refuseDifference(request, proof);
  const figures = wellFigures(drillRange(scenario, scenario.test, choosing(policy, scenario.test.count)));
  const references = Object.fromEntries(
    referenceRules().map((rule) => [rule.name, wellFigures(drillRange(scenario, scenario.test, rule.start(scenario.test.count)))]), // prettier-ignore
  );
  const metrics = { ...agentFigures(figures), kept_at_timesteps: keptAt, [exportDifferenceMetric]: proof.difference };
  await log.finish({ metrics, references });
  await logFiles(ports, request, run, { policy, proof });
  const version = await register(ports, request, run, { policy, proof, metrics });
  return { version, runId: run.runId, figures, references, exportDifference: proof.difference, keptAt };
}

function train(
  ports: AgentPorts,
  request: TrainAgentVersionRequest,
  add: (progress: AgentProgress) => void,
): Promise<TrainedAgent> {
  const { trainer, plan, scenario, evaluations, resumeFrom, onCheckpoint, signal } = request;
  return trainAgent({
    trainer,
    timesteps: plan.settings.timesteps,
    evaluate: (policy) => meanReturn(policy, scenario),
    evaluateEvery: Math.ceil(plan.settings.timesteps / evaluations),
    recipe: JSON.stringify({ plan, scenario, evaluations }),
    clock: ports.clock,
    onProgress: (progress) => {
      add(progress);
      request.onProgress?.(progress);
    },
    ...(resumeFrom === undefined ? {} : { resumeFrom }),
    ...(onCheckpoint === undefined ? {} : { onCheckpoint }),
    ...(signal === undefined ? {} : { signal }),
  });
}

function meanReturn(policy: Policy, scenario: DrillingScenario): number {
  const wells = drillRange(scenario, scenario.selection, choosing(policy, scenario.selection.count));
  return wells.reduce((sum, well) => sum + well.return, 0) / wells.length;
}

function refuseInterrupted(
  { modelName, trainer }: TrainAgentVersionRequest,
  runId: string,
  { stopped }: TrainedAgent,
): void {
  if (stopped !== 'interrupted') return;
  const { timesteps } = trainer;
  throw new WorkflowError(
    `Cannot register ${modelName}: training was interrupted after ${timesteps} steps; start again with the same --checkpoint to go on`,
    { code: 'WORKFLOW_INTERRUPTED', details: { runId, timesteps } },
  );
}

function refuseDifference({ modelName, exportTolerance }: TrainAgentVersionRequest, { difference }: ProvenAgent): void {
  if (difference <= exportTolerance) return;
  throw new WorkflowError(
    `Cannot register ${modelName}: the served policy differs from the trained one by ${difference} of the range of a set-point, ` +
      `more than ${exportTolerance}; the export is not the trained policy`,
    { code: 'WORKFLOW_EXPORT_DIFFERS', details: { difference, tolerance: exportTolerance } },
  );
}

interface AgentOutcome {
  readonly policy: Policy;
  readonly proof: ProvenAgent;
}

async function logFiles(
  ports: AgentPorts,
  { scenario }: TrainAgentVersionRequest,
  { runId }: OpenRun,
  { policy, proof }: AgentOutcome,
): Promise<void> {
  const { files, mlmodel } = ports.models.packageModel({
    onnx: proof.onnx,
    signature: ports.policies.signatureOf(policy),
    runId,
    artifactPath: modelFolder,
    at: ports.clock.now(),
    inputExample: [Array.from(proof.example)],
    extraFiles: {
      [agentFiles.scenario]: `${JSON.stringify(scenario, null, 2)}\n`,
      [agentFiles.policy]: `${JSON.stringify(describePolicy(policy), null, 2)}\n`,
    },
  });
  for (const [path, content] of Object.entries(files)) {
    await ports.store.uploadArtifact(runId, `${modelFolder}/${path}`, content);
  }
  await ports.store.recordModel(runId, mlmodel);
}

function register(
  ports: AgentPorts,
  { modelName, plan, scenario, who }: TrainAgentVersionRequest,
  run: OpenRun,
  { policy, proof, metrics }: AgentOutcome & { readonly metrics: Readonly<Record<string, number>> },
): Promise<ModelVersion> {
  const evidence: AgentEvidence = {
    modelType: plan.type,
    digest: ports.sha256(proof.onnx),
    signature: ports.policies.signatureOf(policy),
    policy: {
      environment: policy.environment,
      observation: policy.observation.map(({ name, unit }) => ({ name, unit })),
      action:
        policy.action.kind === 'discrete'
          ? policy.action.names.map((name) => ({ name, unit: '1' }))
          : policy.action.components.map(({ name, unit }) => ({ name, unit })),
    },
    metrics,
    dataFingerprint: scenarioFingerprint(ports, scenario),
  };
  return registerVersion(ports.store, {
    name: modelName,
    runId: run.runId,
    source: `${run.artifactUri}/${modelFolder}`,
    description: `${plan.type} on ${scenario.environment}, ${scenario.preset} wells, trained by ${who}`,
    evidence,
  });
}

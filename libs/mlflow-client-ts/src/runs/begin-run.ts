import { assertExperimentId, assertExperimentName } from '../checks/names.js';
import { assertMilliseconds, assertRunName, assertRunTags } from '../checks/run-data.js';
import { invalidValue } from '../faults.js';
import type { BeginRun } from '../spool/operation.js';
import { describeEnvironment, type EnvironmentDescription } from './environment/describe-environment.js';
import type { RunPorts } from './run-context.js';
import type { RunStartOptions, StartRunOptions } from './run-options.js';

/** How a run begins. */
export interface RunBeginning {
  readonly begin: BeginRun;
  /** Artifacts it has from the start: path to content. */
  readonly files: Readonly<Record<string, string>>;
}

const nothing: EnvironmentDescription = { tags: {}, files: {} };

/** The beginning of a new run, with what is told of its environment. */
export async function beginRun(
  ports: RunPorts,
  options: StartRunOptions,
  parentRunId: string | undefined,
): Promise<RunBeginning> {
  const { runName, startTime = ports.now() } = options;
  assertMilliseconds('start time', startTime);
  const experiment = experimentOf(options, ports.env);
  const environment = options.environmentTags === false ? nothing : describeEnvironment(await ports.readFacts());
  const tags = {
    ...environment.tags,
    ...(parentRunId !== undefined && { 'mlflow.parentRunId': parentRunId }),
    ...givenTags(options),
  };
  assertRunName({ experimentId: '', tags, ...(runName !== undefined && { runName }) });
  assertRunTags(tags);
  const begin = { ...experiment, ...(runName !== undefined && { runName }), startTime, tags };
  return { begin: { type: 'beginRun', ...begin }, files: environment.files };
}

type ExperimentChoice = Pick<BeginRun, 'experimentId' | 'experimentName'>;

/** The experiment that the options name, else the environment, as Python's client reads it. */
export function experimentOf(
  { experimentId, experimentName }: StartRunOptions,
  env: RunPorts['env'],
): ExperimentChoice {
  if (experimentId !== undefined && experimentName !== undefined) {
    throw invalidValue(
      `Cannot start a run in experiment "${experimentName}" with id "${experimentId}": give the name or the id`,
    );
  }
  if (experimentId !== undefined) return ofId(experimentId);
  if (experimentName !== undefined) return ofName(experimentName);
  const { MLFLOW_EXPERIMENT_ID: idOfEnvironment = '', MLFLOW_EXPERIMENT_NAME: nameOfEnvironment = '' } = env;
  return idOfEnvironment === '' ? ofName(nameOfEnvironment || 'Default') : ofId(idOfEnvironment);
}

function ofId(experimentId: string): ExperimentChoice {
  assertExperimentId(experimentId);
  return { experimentId };
}

function ofName(experimentName: string): ExperimentChoice {
  assertExperimentName(experimentName);
  return { experimentName };
}

/** The tags that a caller gives, those with options of their own included. */
export function givenTags({ description, tags }: RunStartOptions): Record<string, string> {
  return { ...(description !== undefined && { 'mlflow.note.content': description }), ...tags };
}

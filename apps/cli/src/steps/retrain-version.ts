import { readEvidence, type ModelVersion } from '@i-drill/registry';
import type { ModelType } from '@i-drill/training';
import { readRecipe, type TrainedVersion, type ValidatedVersion } from '@i-drill/workflows';
import type { CommandContext } from '../context.js';
import { withArrivedUnits, type DataPlan } from '../wiring/data-plan.js';
import { modelTypeOf } from '../wiring/model-plan.js';
import { planRetraining } from '../wiring/recipe-plan.js';
import { arrivedUnits } from './retrain-step.js';
import { trainStep } from './train-step.js';
import { validateStep } from './validate-step.js';

/** The challenger, trained and judged. */
export interface RetrainedVersion {
  readonly trained: TrainedVersion;
  readonly validated: ValidatedVersion;
}

/** How a new version is trained. */
export interface RetrainOptions {
  /** Folder with the files of the data set. */
  readonly directory?: string | undefined;
  /** @default that of the version in service */
  readonly modelType?: ModelType | undefined;
  readonly signal?: AbortSignal;
}

/** Trains a new version on the data of the one in service and the labelled rows that came in since; then judges it. */
export async function retrainVersion(
  context: CommandContext,
  production: ModelVersion,
  options: RetrainOptions = {},
): Promise<RetrainedVersion> {
  const { signal } = options;
  const modelType = options.modelType ?? modelTypeOf(readEvidence(production).modelType);
  const plan = await retrainingPlan(context, production, { ...options, modelType });
  const { trained, prepared } = await trainStep(context, {
    modelType,
    modelName: production.name,
    plan,
    ...(signal === undefined ? {} : { signal }),
  });
  const validated = await validateStep(context, trained.version, prepared);
  return { trained, validated };
}

async function retrainingPlan(
  context: CommandContext,
  production: ModelVersion,
  { directory, modelType }: RetrainOptions & { readonly modelType: ModelType },
): Promise<DataPlan> {
  const flags = { modelType, ...(directory === undefined ? {} : { data: directory }) };
  const plan = planRetraining(context.config, await readRecipe(context.ports, production), flags);
  const arrived = await arrivedUnits(context, production);
  const units = [...new Set(arrived?.segments.map((segment) => segment.unit))];
  return withArrivedUnits(plan, context.config.retraining.conditions.data_availability.data_path, units);
}

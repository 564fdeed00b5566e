import { readEvidence, type ModelVersion } from '@i-drill/registry';
import { readRecipe, type TrainedVersion, type ValidatedVersion } from '@i-drill/workflows';
import type { CommandContext } from '../context.js';
import { withArrivedUnits, type DataPlan } from '../wiring/data-plan.js';
import { planOfRecipe } from '../wiring/prepare-data.js';
import { arrivedUnits } from './retrain-step.js';
import { trainStep } from './train-step.js';
import { validateStep } from './validate-step.js';

/** The challenger, trained and judged. */
export interface RetrainedVersion {
  readonly trained: TrainedVersion;
  readonly validated: ValidatedVersion;
}

/** Trains a new version on the data of the one in service and the labelled rows that came in since; then judges it. */
export async function retrainVersion(
  context: CommandContext,
  production: ModelVersion,
  { directory, signal }: { readonly directory?: string | undefined; readonly signal?: AbortSignal } = {},
): Promise<RetrainedVersion> {
  const plan = await retrainingPlan(context, production, directory);
  const { modelType } = readEvidence(production);
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
  directory: string | undefined,
): Promise<DataPlan> {
  const plan = planOfRecipe(context.config, await readRecipe(context.ports, production), directory);
  const arrived = await arrivedUnits(context, production);
  const units = [...new Set(arrived?.segments.map((segment) => segment.unit))];
  return withArrivedUnits(plan, context.config.retraining.conditions.data_availability.data_path, units);
}

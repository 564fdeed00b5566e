import type { MlopsConfig } from '@i-drill/config';
import type { DatasetRecipe } from '@i-drill/workflows';
import type { TrainFlags } from '../commands/data-flags.js';
import type { DataPart } from './data-part.js';
import { dataPlan, type DataPlan, type SplitPlan } from './data-plan.js';

/** The plan behind a recipe; only where the files lie, and how windows are cut for a model type, comes from here. */
export function planOfRecipe(
  config: MlopsConfig,
  recipe: DatasetRecipe,
  flags: Pick<Partial<TrainFlags>, 'data' | 'modelType'> = {},
): DataPlan {
  const parts = recipe.parts as unknown as readonly DataPart[];
  const first = parts[0]?.kind ?? config.data.dataset;
  const dataset = first === 'arrived' ? config.data.dataset : first;
  return {
    ...dataPlan(withClassesOf(config, recipe), { ...flags, dataset, ...fileOf(parts, flags) }),
    parts: atFile(parts, flags),
    split: recipe.split as unknown as SplitPlan,
  };
}

/** Where the file of a table lies now: as flagged, else where it lay. */
function fileOf([first]: readonly DataPart[], { data }: Pick<Partial<TrainFlags>, 'data'>): { data?: string } {
  const file = data ?? (first?.kind === 'table' ? first.path : undefined);
  return file === undefined ? {} : { data: file };
}

function atFile(parts: readonly DataPart[], { data }: Pick<Partial<TrainFlags>, 'data'>): readonly DataPart[] {
  return parts.map((part) => (part.kind === 'table' && data !== undefined ? { ...part, path: data } : part));
}

function withClassesOf(config: MlopsConfig, { classes }: DatasetRecipe): MlopsConfig {
  const own = classes === undefined ? null : { bounds: classes.bounds, names: classes.names ?? null };
  return { ...config, data: { ...config.data, classes: own } };
}

/**
 * The plan of a version that takes the place of another: its data, test and validation part, and the units that the interval
 * of the new model type needs.
 */
export function planRetraining(
  config: MlopsConfig,
  recipe: DatasetRecipe,
  flags: Pick<Partial<TrainFlags>, 'data'> & Pick<TrainFlags, 'modelType'>,
): DataPlan {
  const { split, ...plan } = planOfRecipe(config, recipe, flags);
  const { seed, validationShare, testShare } = split;
  const { calibration } = dataPlan(withClassesOf(config, recipe), {
    ...flags,
    dataset: plan.dataset,
    ...fileOf(plan.parts, flags),
  }).split;
  const shares = { validationShare, testShare, ...(calibration === undefined ? {} : { calibration }) };
  return { ...plan, split: { seed, ...shares } };
}

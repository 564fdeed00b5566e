import type { MlopsConfig } from '@i-drill/config';
import type { SensorDataset, SplitDataset } from '@i-drill/core';
import {
  classifyTarget,
  joinDatasets,
  loadCmapss,
  loadForge,
  loadIdrillSynthetic,
  loadUsrop,
  makeBitRuns,
  readUnitTable,
  selectUnits,
  splitByUnit,
} from '@i-drill/datasets';
import { createRng } from '@i-drill/numerics';
import { rowsOf, type DatasetRecipe } from '@i-drill/workflows';
import type { TrainFlags } from '../commands/data-flags.js';
import { dataPlan, type DataPart, type DataPlan, type SplitPlan } from './data-plan.js';

/** Data that are ready to train on. */
export interface PreparedData {
  readonly data: SplitDataset;
  readonly recipe: DatasetRecipe;
  /** One line for a person. */
  readonly summary: string;
}

/** Rows with what is already decided about them: units that are for testing only. */
interface LoadedPart {
  readonly dataset: SensorDataset;
  readonly testUnits: readonly string[];
}

/** Reads or makes the data of a plan and splits them by unit. */
export async function prepareData(plan: DataPlan): Promise<PreparedData> {
  const loaded = await loadParts(plan);
  const read = loaded.map(({ dataset }) => dataset).reduce((all, next) => joinDatasets(all, next));
  const whole = plan.classes === undefined ? read : classifyTarget(read, plan.classes);
  const data = split(
    whole,
    plan.split,
    loaded.flatMap(({ testUnits }) => testUnits),
  );
  const recipe: DatasetRecipe = {
    parts: plan.parts.map((part) => ({ ...part })),
    split: { ...plan.split },
    ...(plan.classes === undefined
      ? {}
      : { classes: { ...plan.classes, of: { task: read.task, target: read.target } } }),
    fingerprint: whole.fingerprint,
    rows: rowsOf(whole),
    units: unitsOf(whole),
  };
  const names = ['train', 'validation', 'calibration', 'test'] as const;
  const sizes = names.flatMap((name) => (data[name] === undefined ? [] : [`${unitsOf(data[name])} ${name}`]));
  const summary =
    `${whole.name}, ${recipe.rows} rows of ${recipe.units} units (${sizes.join(', ')}), ` +
    `${whole.features.length} features, predicts ${predicted(whole)}, ` +
    `SHA-256 ${whole.fingerprint.slice(0, 12)}`;
  return { data, recipe, summary };
}

function predicted({ target, classes }: SensorDataset): string {
  return classes === undefined ? `${target.name} [${target.unit}]` : `${target.name}: ${classes.join(' | ')}`;
}

/** The data a version was trained on, from its recipe. */
export function prepareRecipe(config: MlopsConfig, recipe: DatasetRecipe, directory?: string): Promise<PreparedData> {
  return prepareData(planOfRecipe(config, recipe, directory === undefined ? {} : { data: directory }));
}

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
    ...dataPlan(withClassesOf(config, recipe), { ...flags, dataset }),
    parts,
    split: recipe.split as unknown as SplitPlan,
  };
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
  const { calibration } = dataPlan(withClassesOf(config, recipe), { ...flags, dataset: plan.dataset }).split;
  const shares = { validationShare, testShare, ...(calibration === undefined ? {} : { calibration }) };
  return { ...plan, split: { seed, ...shares } };
}

/** Arrivals have the columns of the data they are added to, so those are read first. */
async function loadParts({ parts, directory }: DataPlan): Promise<LoadedPart[]> {
  const loaded: LoadedPart[] = [];
  for (const part of parts) {
    loaded.push(
      part.kind === 'arrived' ? await loadArrived(part, loaded[0]?.dataset) : await loadSource(part, directory),
    );
  }
  return loaded;
}

type ArrivedPart = Extract<DataPart, { kind: 'arrived' }>;
type SourcePart = Exclude<DataPart, ArrivedPart>;

async function loadArrived({ path, units }: ArrivedPart, like: SensorDataset | undefined): Promise<LoadedPart> {
  if (like === undefined)
    throw new RangeError(`Cannot read arrivals "${path}" first: no data say which columns they have`);
  return { dataset: selectUnits(await readUnitTable(path, like), units), testUnits: [] };
}

async function loadSource(part: SourcePart, dir: string): Promise<LoadedPart> {
  switch (part.kind) {
    case 'bit-runs':
      return { dataset: makeBitRuns(part), testUnits: [] };
    case 'cmapss': {
      const { train, test } = await loadCmapss({ dir, ...part });
      return { dataset: joinDatasets(train, test), testUnits: unitNames(test) };
    }
    case 'usrop':
      return { dataset: await loadUsrop({ dir }), testUnits: part.testWells };
    case 'forge': {
      const dataset = await loadForge({ dir, file: part.file, blocks: part.blocks });
      return { dataset, testUnits: unitNames(dataset).toSorted().slice(-part.testBlocks) };
    }
    case 'idrill-synthetic': {
      const dataset = await loadIdrillSynthetic({ dir });
      const limited = part.limitUnits === undefined ? dataset : selectUnits(dataset, unitNames(dataset).slice(0, part.limitUnits)); // prettier-ignore
      return { dataset: limited, testUnits: [] };
    }
  }
}

function split(whole: SensorDataset, plan: SplitPlan, testUnits: readonly string[]): SplitDataset {
  const { seed, ...shares } = plan;
  const test = testUnits.length === 0 ? {} : { test: testUnits };
  return splitByUnit(whole, { ...shares, rng: createRng(seed), ...test });
}

function unitNames(dataset: SensorDataset): string[] {
  return [...new Set(dataset.segments.map((segment) => segment.unit))];
}

function unitsOf(dataset: SensorDataset): number {
  return unitNames(dataset).length;
}

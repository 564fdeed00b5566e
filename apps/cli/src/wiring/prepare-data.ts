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
import { rowsOf, type DatasetRecipe, type StreamedTraining } from '@i-drill/workflows';
import type { DataPart } from './data-part.js';
import type { DataPlan, SplitPlan } from './data-plan.js';
import { loadTable, streamedTable, withFeatures } from './prepare-table.js';
import { planOfRecipe } from './recipe-plan.js';

/** Data that are ready to train on. */
export interface PreparedData {
  readonly data: SplitDataset;
  /** Absent: `data.train` is the training part, not a sample of it. */
  readonly streamed?: StreamedTraining;
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
export async function prepareData(asked: DataPlan): Promise<PreparedData> {
  const plan = await withFeatures(asked);
  const table = await streamedTable(plan);
  if (table === undefined) return prepareInMemory(plan);
  const { data, streamed, schema, ...whole } = table;
  const sample = `${rowsOf(data.train)} rows of ${unitsOf(data.train)} training units are in memory for scalers, reference profile and baseline, ${streamed.rows} are read while training`;
  return {
    data,
    streamed,
    recipe: recipeOf(plan, schema, whole),
    summary: `${summaryOf(data, streamed.units, whole)}; ${sample}`,
  };
}

async function prepareInMemory(plan: DataPlan): Promise<PreparedData> {
  const loaded = await loadParts(plan);
  const read = loaded.map(({ dataset }) => dataset).reduce((all, next) => joinDatasets(all, next));
  const whole = plan.classes === undefined ? read : classifyTarget(read, plan.classes);
  const data = split(
    whole,
    plan.split,
    loaded.flatMap(({ testUnits }) => testUnits),
  );
  const size = { fingerprint: whole.fingerprint, rows: rowsOf(whole), units: unitsOf(whole) };
  return { data, recipe: recipeOf(plan, read, size), summary: summaryOf(data, unitsOf(data.train), size) };
}

type WholeSize = Pick<DatasetRecipe, 'fingerprint' | 'rows' | 'units'>;

/** @param read what was read, before its target was cut into classes */
function recipeOf(
  { parts, split: shares, classes }: DataPlan,
  { task, target }: Pick<SensorDataset, 'task' | 'target'>,
  size: WholeSize,
): DatasetRecipe {
  return {
    parts: parts.map((part) => ({ ...part })),
    split: { ...shares },
    ...(classes === undefined ? {} : { classes: { ...classes, of: { task, target } } }),
    ...size,
  };
}

function summaryOf(data: SplitDataset, trainUnits: number, { fingerprint, rows, units }: WholeSize): string {
  const heldOut = (['validation', 'calibration', 'test'] as const).flatMap((name) =>
    data[name] === undefined ? [] : [`${unitsOf(data[name])} ${name}`],
  );
  const { name, features } = data.test;
  return (
    `${name.replace(/\/test$/, '')}, ${rows} rows of ${units} units (${[`${trainUnits} train`, ...heldOut].join(', ')}), ` +
    `${features.length} features, predicts ${predicted(data.test)}, SHA-256 ${fingerprint.slice(0, 12)}`
  );
}

function predicted({ target, classes }: SensorDataset): string {
  return classes === undefined ? `${target.name} [${target.unit}]` : `${target.name}: ${classes.join(' | ')}`;
}

/** The data a version was trained on, from its recipe. */
export function prepareRecipe(config: MlopsConfig, recipe: DatasetRecipe, directory?: string): Promise<PreparedData> {
  return prepareData(planOfRecipe(config, recipe, directory === undefined ? {} : { data: directory }));
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
    case 'table':
      return { dataset: await loadTable(part), testUnits: part.testUnits };
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
